"""What exists in the practice workspace: people, conversations, messages, views, and the tickets to act on them."""
