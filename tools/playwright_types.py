"""Writes the shop's contract where the TypeScript client has its types from.

Run it after the contract has changed: `.venv/bin/python -m tools.playwright_types`.
"""
