"""Slack-looking ids: fresh ones, and stable ones that follow from what they name."""

import hashlib
import secrets

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_LENGTH = 11

TEAM = "T0SILTA01"
BOT_USER = "U0SILTABOT"
BOT = "B0SILTA01"
APP = "A0SILTA01"
SLACKBOT = "USLACKBOT"


def fresh(prefix: str) -> str:
    """A new random id such as ``V7K2…``."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH - len(prefix)))


def stable(prefix: str, *parts: str) -> str:
    """The same id every time for the same parts, so that one set of people has one conversation."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return prefix + "".join(_LETTERS[byte % 36] for byte in digest[: _LENGTH - len(prefix)])
