"""Slack's Web API: one endpoint, one small function per method."""
