"""How the bot hears of things: by Socket Mode or by signed HTTP requests, with Slack's three seconds and retries."""
