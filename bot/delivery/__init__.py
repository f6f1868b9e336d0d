"""From the outbox to Slack: the one path by which Silta starts a conversation."""
