"""Measurements, each printed as a table.

`uv run python -m bench.ack`, `bench.find_contact`, `bench.days_away`, `bench.start`.

The figures of the last run are in docs/figures.md.
"""
