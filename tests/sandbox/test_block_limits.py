"""Every limit of Slack's Block Kit: what is just right passes, what is one too much is refused where it stands."""

from typing import Any

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from sandbox.block_limits.message import check_message
from sandbox.block_limits.view import check_view
from sandbox.errors import SlackError

Block = dict[str, Any]


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def marked(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> Block:
    return {"type": "button", "text": plain(2), **more}


def option(value: str = "v", text: int = 1, **more: Any) -> Block:
    return {"text": plain(text), "value": value, **more}


def menu(kind: str = "static_select", count: int = 1, **more: Any) -> Block:
    return {"type": kind, "options": [option(f"v{n}") for n in range(count)], **more}


def typed(**more: Any) -> Block:
    return {"type": "plain_text_input", "action_id": "note", **more}


def asked(element: Block | None = None, label: int = 1, **more: Any) -> Block:
    return {"type": "input", "label": plain(label), "element": element or typed(), **more}


def section(**more: Any) -> Block:
    return {"type": "section", **more}


def confirm(title: int = 1, text: int = 1, yes: int = 1, no: int = 1) -> Block:
    return {"title": plain(title), "text": marked(text), "confirm": plain(yes), "deny": plain(no)}


def image(**more: Any) -> Block:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a", **more}


def table(rows: int, columns: int) -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def bullets(indent: int) -> Block:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": []}],
    }


def groups(count: int, label: int = 1) -> Block:
    return {
        "type": "static_select",
        "option_groups": [{"label": plain(label), "options": [option()]} for _ in range(count)],
    }


# what is just right, what is one too much, and where the complaint points
LIMITS: dict[str, tuple[Block, Block, str]] = {
    "section text": (section(text=marked(3000)), section(text=marked(3001)), "/blocks/0/text/text"),
    "section text not empty": (section(text=marked(1)), section(text=marked(0)), "/blocks/0/text/text"),
    "section fields": (
        section(fields=[marked(1)] * 10),
        section(fields=[marked(1)] * 11),
        "/blocks/0/fields",
    ),
    "section field": (section(fields=[marked(2000)]), section(fields=[marked(2001)]), "/blocks/0/fields/0/text"),
    "header": ({"type": "header", "text": plain(150)}, {"type": "header", "text": plain(151)}, "/blocks/0/text/text"),
    "header is plain": (
        {"type": "header", "text": plain(1)},
        {"type": "header", "text": marked(1)},
        "/blocks/0/text/type",
    ),
    "context": (
        {"type": "context", "elements": [marked(1)] * 10},
        {"type": "context", "elements": [marked(1)] * 11},
        "/blocks/0/elements",
    ),
    "actions": (actions(*[button()] * 25), actions(*[button()] * 26), "/blocks/0/elements"),
    "actions not empty": (actions(button()), actions(), "/blocks/0/elements"),
    "block_id": ({"type": "divider", "block_id": "x" * 255}, {"type": "divider", "block_id": "x" * 256}, "block_id"),
    "action_id": (actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256)), "action_id"),
    "button text": (
        actions({"type": "button", "text": plain(75)}),
        actions({"type": "button", "text": plain(76)}),
        "/blocks/0/elements/0/text/text",
    ),
    "button value": (actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "value"),
    "button url": (actions(button(url="x" * 3000)), actions(button(url="x" * 3001)), "url"),
    "button label for screen readers": (
        actions(button(accessibility_label="x" * 75)),
        actions(button(accessibility_label="x" * 76)),
        "accessibility_label",
    ),
    "button style": (actions(button(style="danger")), actions(button(style="huge")), "style"),
    "option text": (
        actions({"type": "static_select", "options": [option(text=75)]}),
        actions({"type": "static_select", "options": [option(text=76)]}),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "option value": (
        actions({"type": "static_select", "options": [option("x" * 150)]}),
        actions({"type": "static_select", "options": [option("x" * 151)]}),
        "options/0/value",
    ),
    "option description": (
        actions({"type": "static_select", "options": [option(description=plain(75))]}),
        actions({"type": "static_select", "options": [option(description=plain(76))]}),
        "description/text",
    ),
    "overflow option url": (
        actions({"type": "overflow", "options": [option(url="x" * 3000)]}),
        actions({"type": "overflow", "options": [option(url="x" * 3001)]}),
        "url",
    ),
    "menu options": (actions(menu(count=100)), actions(menu(count=101)), "/blocks/0/elements/0/options"),
    "menu needs options": (actions(menu()), actions({"type": "static_select"}), "/blocks/0/elements/0"),
    "menu groups": (actions(groups(100)), actions(groups(101)), "option_groups"),
    "menu group label": (actions(groups(1, 75)), actions(groups(1, 76)), "option_groups/0/label/text"),
    "overflow": (actions(menu("overflow", 5)), actions(menu("overflow", 6)), "options"),
    "checkboxes": (actions(menu("checkboxes", 10)), actions(menu("checkboxes", 11)), "options"),
    "radio buttons": (actions(menu("radio_buttons", 10)), actions(menu("radio_buttons", 11)), "options"),
    "placeholder": (
        actions(menu(placeholder=plain(150))),
        actions(menu(placeholder=plain(151))),
        "placeholder/text",
    ),
    "input label": (asked(label=2000), asked(label=2001), "/blocks/0/label/text"),
    "input hint": (asked(hint=plain(2000)), asked(hint=plain(2001)), "/blocks/0/hint/text"),
    "input element": (asked(), asked(button()), "/blocks/0/element/type"),
    "shortest answer": (asked(typed(min_length=3000)), asked(typed(min_length=3001)), "min_length"),
    "longest answer": (asked(typed(max_length=3000)), asked(typed(max_length=3001)), "max_length"),
    "longest answer at least one": (asked(typed(max_length=1)), asked(typed(max_length=0)), "max_length"),
    "confirm title": (
        actions(button(confirm=confirm(title=100))),
        actions(button(confirm=confirm(title=101))),
        "confirm/title/text",
    ),
    "confirm text": (
        actions(button(confirm=confirm(text=300))),
        actions(button(confirm=confirm(text=301))),
        "confirm/text/text",
    ),
    "confirm yes": (
        actions(button(confirm=confirm(yes=30))),
        actions(button(confirm=confirm(yes=31))),
        "confirm/confirm/text",
    ),
    "confirm no": (
        actions(button(confirm=confirm(no=30))),
        actions(button(confirm=confirm(no=31))),
        "confirm/deny/text",
    ),
    "image url": (image(image_url="x" * 3000), image(image_url="x" * 3001), "/blocks/0/image_url"),
    "image alt": (image(alt_text="x" * 2000), image(alt_text="x" * 2001), "/blocks/0/alt_text"),
    "image title": (image(title=plain(2000)), image(title=plain(2001)), "/blocks/0/title/text"),
    "markdown": (
        {"type": "markdown", "text": "x" * 12_000},
        {"type": "markdown", "text": "x" * 12_001},
        "/blocks/0/text",
    ),
    "table rows": (table(100, 20), table(101, 20), "/blocks/0/rows"),
    "table columns": (table(1, 20), table(1, 21), "/blocks/0/rows/0"),
    "rich text indent": (bullets(8), bullets(9), "indent"),
    "unknown block": ({"type": "divider"}, {"type": "divder"}, "/blocks/0/type"),
    "unknown element": (actions(button()), actions(button() | {"type": "knob"}), "/blocks/0/elements/0/type"),
    "unknown key": (section(text=marked(1)), section(text=marked(1), colour="red"), "/blocks/0"),
    "missing key": (section(text=marked(1)), section(), "/blocks/0"),
    # The five that no library checks.
    "action_id once in a block": (
        actions(button(action_id="a"), button(action_id="b")),
        actions(button(action_id="a"), button(action_id="a")),
        "/blocks/0/elements",
    ),
    "initial option is an option": (
        actions(menu(count=2, initial_option=option("v1"))),
        actions(menu(count=2, initial_option=option("v2"))),
        "initial_option",
    ),
    "initial options are options": (
        actions(menu("checkboxes", 2, initial_options=[option("v1")])),
        actions(menu("checkboxes", 2, initial_options=[option("v9")])),
        "initial_options/0",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "where"), LIMITS.values(), ids=LIMITS.keys())
def test_limit_holds_to_the_character(right: Block, wrong: Block, where: str) -> None:
    check_message([right])

    with pytest.raises(SlackError) as refusal:
        check_message([wrong])

    assert refusal.value.name == "invalid_blocks"
    [message] = refusal.value.more["response_metadata"]["messages"]  # type: ignore[index]
    assert message.startswith("[ERROR] ")
    assert message.endswith("]")
    pointer = message.split("[json-pointer:")[1][:-1]
    assert pointer == where if where.startswith("/") else pointer.endswith(where)


def test_message_has_at_most_fifty_blocks_and_unique_block_ids() -> None:
    check_message([{"type": "divider"}] * 50)
    for wrong in ([{"type": "divider"}] * 51, [{"type": "divider", "block_id": "same"}] * 2):
        with pytest.raises(SlackError, match="invalid_blocks"):
            check_message(wrong)


def test_markdown_and_tables_are_counted_over_the_whole_message() -> None:
    half = {"type": "markdown", "text": "x" * 6_001}
    for wrong in ([half, half], [table(1, 1), table(1, 1)]):
        with pytest.raises(SlackError, match="invalid_blocks"):
            check_message(wrong)


def modal(**more: Any) -> Block:
    return {"type": "modal", "title": plain(1), "blocks": [], **more}


VIEW_LIMITS: dict[str, tuple[Block, Block]] = {
    "title": (modal(title=plain(24)), modal(title=plain(25))),
    "submit": (modal(submit=plain(24)), modal(submit=plain(25))),
    "close": (modal(close=plain(24)), modal(close=plain(25))),
    "private_metadata": (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001)),
    "callback_id": (modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    "blocks": (modal(blocks=[{"type": "divider"}] * 100), modal(blocks=[{"type": "divider"}] * 101)),
    "submit beside inputs": (modal(blocks=[asked()], submit=plain(1)), modal(blocks=[asked()])),
    "title is needed": (modal(), {"type": "modal", "blocks": []}),
    "no markdown blocks": (modal(), modal(blocks=[{"type": "markdown", "text": "x"}])),
    "block_id once": (
        modal(blocks=[{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}]),
        modal(blocks=[{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]),
    ),
}


@pytest.mark.parametrize(("right", "wrong"), VIEW_LIMITS.values(), ids=VIEW_LIMITS.keys())
def test_limit_of_views_holds(right: Block, wrong: Block) -> None:
    check_view(right, "modal")
    with pytest.raises(SlackError) as refusal:
        check_view(wrong, "modal")
    assert refusal.value.name == "invalid_arguments"


def test_modal_is_no_home() -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view(modal(), "home")


def test_whatever_slack_sdk_builds_is_accepted() -> None:
    choices = [Option(text="One", value="1", description="first"), Option(text="Two", value="2")]
    sure = ConfirmObject(
        title="Sure?", text=MarkdownTextObject(text="*Really*"), confirm="Yes", deny="No", style="danger"
    )
    built: list[sdk.Block] = [
        HeaderBlock(text="Hello"),
        DividerBlock(),
        ImageBlock(image_url="https://example.org/a.png", alt_text="a", title="A"),
        ContextBlock(elements=[MarkdownTextObject(text="*x*"), PlainTextObject(text="y")]),
        SectionBlock(
            text=MarkdownTextObject(text="text", verbatim=True),
            fields=["a", "b"],
            accessory=OverflowMenuElement(action_id="o", options=choices, confirm=sure),
        ),
        ActionsBlock(
            elements=[
                ButtonElement(text="Go", action_id="b", value="1", style="primary", confirm=sure, url="https://x.org"),
                StaticSelectElement(
                    placeholder="p", action_id="s", options=choices, initial_option=choices[1], focus_on_load=True
                ),
                StaticMultiSelectElement(
                    placeholder="p", action_id="m", option_groups=[OptionGroup(label="g", options=choices)]
                ),
                UserSelectElement(placeholder="p", action_id="u", initial_user="U0SANNA"),
                DatePickerElement(action_id="d", initial_date="2027-02-01", placeholder="p"),
                TimePickerElement(action_id="t", initial_time="10:00", placeholder="p"),
                CheckboxesElement(action_id="c", options=choices, initial_options=[choices[0]]),
                RadioButtonsElement(action_id="r", options=choices),
            ]
        ),
        InputBlock(
            label="Note",
            hint="hint",
            optional=True,
            dispatch_action=True,
            element=PlainTextInputElement(action_id="note", multiline=True, max_length=300, initial_value="x"),
        ),
        InputBlock(label="n", element=NumberInputElement(action_id="n", is_decimal_allowed=False, min_value="1")),
    ]

    check_message([block.to_dict() for block in built])
    view = View(type="modal", title="T", submit="S", close="C", blocks=built, private_metadata="m", callback_id="c")
    check_view(view.to_dict(), "modal")
    check_view(View(type="home", blocks=built).to_dict(), "home")
