"""The Slack app manifest: the least Silta needs, each permission with its reason in the README."""

from typing import Final

BOT_SCOPES: Final = (
    "app_mentions:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:write",
    "im:history",
    "im:write",
    "mpim:write",
    "users:read",
)
BOT_EVENTS: Final = ("app_home_opened", "app_mention", "message.im", "user_change")
_DESCRIPTION: Final = (
    "Silta (Finnish: bridge) helps teacher students, vocational teachers and teacher educators find a contact person "
    "in their field. Ask in your own words and language; the contact person is asked first, and the two of you are "
    "introduced only if both say yes. Voluntary, light, and silent otherwise."
)


def manifest(url: str | None = None) -> str:
    """The manifest as YAML: Socket Mode, or HTTP with the public address of `silta run`, e.g. "https://example.org"."""
    request_url = f"{url.rstrip('/').removesuffix('/slack/events')}/slack/events" if url else None
    return "\n".join(
        [
            *_ABOUT,
            *_command(request_url),
            "oauth_config:",
            "  scopes:",
            "    bot:",
            *(f"      - {scope}" for scope in BOT_SCOPES),
            "settings:",
            "  event_subscriptions:",
            *([f"    request_url: {request_url}"] if request_url else []),
            "    bot_events:",
            *(f"      - {event}" for event in BOT_EVENTS),
            "  interactivity:",
            "    is_enabled: true",
            *([f"    request_url: {request_url}"] if request_url else []),
            "  org_deploy_enabled: false",
            f"  socket_mode_enabled: {'false' if url else 'true'}",
            "  token_rotation_enabled: false",
            "",
        ]
    )


_ABOUT: Final = (
    "_metadata:",
    "  major_version: 1",
    "display_information:",
    "  name: Silta",
    "  description: Find one contact person in your field",
    f'  long_description: "{_DESCRIPTION}"',
    '  background_color: "#1f4e79"',
    "features:",
    "  app_home:",
    "    home_tab_enabled: true",
    "    messages_tab_enabled: true",
    "    messages_tab_read_only_enabled: false",
    "  bot_user:",
    "    display_name: Silta",
    "    always_online: true",
)


def _command(request_url: str | None) -> list[str]:
    return [
        "  slash_commands:",
        "    - command: /silta",
        "      description: Find a contact, pause, or see what I can do",
        "      usage_hint: find | meetup | pause | resume | my-data | forget-me | help",
        "      should_escape: false",
        *([f"      url: {request_url}"] if request_url else []),
    ]
