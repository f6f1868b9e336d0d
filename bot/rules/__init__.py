"""Decisions of the programme as pure functions: plain values in, plain values out, no clock, no database, no Slack."""
