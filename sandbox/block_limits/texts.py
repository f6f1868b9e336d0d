"""Text objects, options and confirmation dialogs."""

from sandbox.block_limits.rules import Rule, anything, by_type, one_of, record, several, string, truth

LONGEST_TEXT = 3_000
TYPE: dict[str, Rule] = {"type": anything}


def plain_text(at_most: int) -> Rule:
    """A ``plain_text`` object."""
    return by_type({"plain_text": _plain(at_most)})


def any_text(at_most: int = LONGEST_TEXT) -> Rule:
    """A ``plain_text`` or ``mrkdwn`` object."""
    marked = record(TYPE | {"text": string(at_most)}, {"verbatim": truth})
    return by_type({"plain_text": _plain(at_most), "mrkdwn": marked})


def _plain(at_most: int) -> Rule:
    return record(TYPE | {"text": string(at_most)}, {"emoji": truth})


def _option(text: Rule, description: Rule, **more: Rule) -> Rule:
    # An option's value may be an empty string.
    return record({"text": text, "value": string(150, 0)}, {"description": description, **more})


PLAIN_OPTION = _option(plain_text(75), plain_text(75))
RICH_OPTION = _option(any_text(75), any_text(75))
OVERFLOW_OPTION = _option(plain_text(75), plain_text(75), url=string(3000))
OPTION_GROUP = record({"label": plain_text(75), "options": several(PLAIN_OPTION, 100)})
CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)
