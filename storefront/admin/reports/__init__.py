"""Reports: each a chart, the same figures as a table, and the same as a file."""
