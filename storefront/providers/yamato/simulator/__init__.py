"""Yamato's side of the protocol: a server that decides on credit, texts codes and keeps records as
clients of the real service know it to.

It is written apart from the client in protocol/, so that a misreading shows. docs/payments.md says
which answers are guesses.
"""
