"""What people do with cards, menus, modals and commands, in the payloads Slack sends for it."""
