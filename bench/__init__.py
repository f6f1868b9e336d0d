"""Measurements, each printed as a table: `uv run python -m bench.ack`, `bench.find_contact`, `bench.start`.

The figures of the last run are in docs/figures.md.
"""
