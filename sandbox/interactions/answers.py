"""The answers in a modal: put into Slack's shape, and held back when Slack's own client would hold them back."""

from sandbox.errors import UnclearRequest
from sandbox.interactions.element_state import answered, elements_of, holds_an_answer, is_empty
from sandbox.shapes import Json
from sandbox.workspace.views import View


def filled_in(view: View, given: Json) -> Json:
    """``state.values`` of the view after a person has given these answers.

    ``given`` is {block_id: {action_id: answer}}, {action_id: answer} or {block_id: answer}.

    Raises:
        UnclearRequest: an answer belongs to no field of the view.
    """
    values = {block: dict(answers) for block, answers in view.body["state"]["values"].items()}
    unknown = given.keys() - fill_in(view.body["blocks"], values, given)
    if unknown:
        raise UnclearRequest(f"The view has no field for {', '.join(sorted(unknown))}.")
    return values


def fill_in(blocks: list[Json], values: Json, given: Json) -> set[str]:
    """Put answers into ``values`` where they belong; returns the names under which a field was found."""
    used: set[str] = set()
    for block_id, element in elements_of(blocks):
        action_id = element["action_id"]
        name, answer = _answer_for(given, block_id, action_id)
        if name is not None and holds_an_answer(element):
            used.add(name)
            values.setdefault(block_id, {})[action_id] = answered(element, answer)
    return used


def problems(view: View, values: Json) -> Json:
    """Words beside each field that Slack's client would not let a person send: block_id -> sentence."""
    found: Json = {}
    for block in view.body["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        if problem := _problem(block, element, state):
            found[block["block_id"]] = problem
    return found


def _answer_for(given: Json, block_id: str, action_id: str) -> tuple[str | None, object]:
    in_block = given.get(block_id)
    if isinstance(in_block, dict) and action_id in in_block:
        return block_id, in_block[action_id]
    if action_id in given:
        return action_id, given[action_id]
    if block_id in given and not isinstance(in_block, dict):
        return block_id, in_block
    return None, None


def _problem(block: Json, element: Json, state: Json) -> str | None:
    if is_empty(state):
        return None if block.get("optional") else "This is a required field"
    text = state.get("value")
    if not isinstance(text, str):
        return None
    longest, shortest = element.get("max_length", 3_000), element.get("min_length", 0)
    if len(text) > longest:
        return f"Must be less than {longest + 1} characters"
    if len(text) < shortest:
        return f"Must be more than {shortest - 1} characters"
    return None
