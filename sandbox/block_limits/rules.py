"""Small rules that are put together into the shape of a block; each appends what is wrong to ``found``."""

from collections.abc import Callable, Mapping
from typing import Any

# value, JSON pointer of the value, problems found so far
Rule = Callable[[Any, str, list[str]], None]


def note(found: list[str], what: str, pointer: str) -> None:
    """Write a problem down in Slack's words."""
    found.append(f"[ERROR] {what} [json-pointer:{pointer}]")


def anything(value: Any, pointer: str, found: list[str]) -> None:
    """Accept whatever there is."""


def truth(value: Any, pointer: str, found: list[str]) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        note(found, "must be a valid boolean", pointer)


def string(at_most: int, at_least: int = 1) -> Rule:
    """Accept text with so many characters."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, str):
            note(found, "must be a valid string", pointer)
        elif len(value) > at_most:
            note(found, f"must be less than {at_most + 1} characters", pointer)
        elif len(value) < at_least:
            note(found, f"must be more than {at_least - 1} characters", pointer)

    return check


def number(lowest: int, highest: int) -> Rule:
    """Accept a whole number in this range."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            note(found, "must be a valid integer", pointer)
        elif not lowest <= value <= highest:
            note(found, f"must be between {lowest} and {highest}", pointer)

    return check


def one_of(*accepted: str) -> Rule:
    """Accept one of these words."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if value not in accepted:
            note(found, f"must be one of: {', '.join(accepted)}", pointer)

    return check


def several(rule: Rule, at_most: int, at_least: int = 1) -> Rule:
    """Accept a list with so many items, each of which the rule accepts."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, list):
            note(found, "must provide an array", pointer)
            return
        if len(value) > at_most:
            note(found, f"no more than {at_most} items allowed", pointer)
        if len(value) < at_least:
            note(found, f"must have at least {at_least} items", pointer)
        for index, item in enumerate(value):
            rule(item, f"{pointer}/{index}", found)

    return check


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """Accept an object with these keys and no others; null counts as absent."""
    known = {**(optional or {}), **required}

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            note(found, "must provide an object", pointer)
            return
        for key in required:
            if value.get(key) is None:
                note(found, f"missing required field: {key}", pointer)
        for key, item in value.items():
            if key not in known:
                note(found, f"invalid additional property: {key}", pointer)
            elif item is not None:
                known[key](item, f"{pointer}/{key}", found)

    return check


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """Accept an object whose ``type`` is one of these, and which that type's rule accepts."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            note(found, "must provide an object", pointer)
        elif not isinstance(value.get("type"), str):
            note(found, "missing required field: type", pointer)
        elif value["type"] not in rules:
            note(found, f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            rules[value["type"]](value, pointer, found)

    return check


def both(*rules: Rule) -> Rule:
    """Accept what all of these rules accept."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        for rule in rules:
            rule(value, pointer, found)

    return check


def either(*keys: str) -> Rule:
    """Insist that an object has at least one of these keys."""

    def check(value: Any, pointer: str, found: list[str]) -> None:
        if isinstance(value, dict) and all(value.get(key) is None for key in keys):
            note(found, "must define either " + " or ".join(f"`{key}`" for key in keys), pointer)

    return check
