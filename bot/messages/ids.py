"""Every action_id and callback_id, noun.verb, equal to the handler file and function that answers it."""

from typing import Final

FIELDS_START: Final = "fields.start"
FIELDS_CONFIRM: Final = "fields.confirm"
FIELDS_CHANGE: Final = "fields.change"
FIELDS_PICK: Final = "fields.pick"

INTRODUCTIONS_REQUEST: Final = "introductions.request"
INTRODUCTIONS_SUBMIT_REQUEST: Final = "introductions.submit_request"
INTRODUCTIONS_WAIT: Final = "introductions.wait"
INTRODUCTIONS_WATCH: Final = "introductions.watch"
INTRODUCTIONS_CANCEL: Final = "introductions.cancel"
INTRODUCTIONS_TELL_COORDINATOR: Final = "introductions.tell_coordinator"
INTRODUCTIONS_ACCEPT: Final = "introductions.accept"
INTRODUCTIONS_DECLINE: Final = "introductions.decline"
INTRODUCTIONS_PASS_ON: Final = "introductions.pass_on"
INTRODUCTIONS_SUBMIT_COLLEAGUE: Final = "introductions.submit_colleague"

CHECK_INS_IN_TOUCH: Final = "check_ins.in_touch"
CHECK_INS_NOT_YET: Final = "check_ins.not_yet"
CHECK_INS_NO_LONGER_NEEDED: Final = "check_ins.no_longer_needed"
CHECK_INS_BENEFIT: Final = "check_ins.benefit"
CHECK_INS_KEEP: Final = "check_ins.keep"
CHECK_INS_CLOSE: Final = "check_ins.close"

NUDGES_LESS_OFTEN: Final = "nudges.less_often"
NUDGES_SNOOZE: Final = "nudges.snooze"
NUDGES_WHEN_NEEDED: Final = "nudges.when_needed"
NUDGES_WEEKLY: Final = "nudges.weekly"
NUDGES_RHYTHM: Final = "nudges.rhythm"

PROMISES_NOTE: Final = "promises.note"
PROMISES_SUBMIT: Final = "promises.submit"
PROMISES_DONE: Final = "promises.done"
PROMISES_DROP: Final = "promises.drop"

PROMPTS_OFFER: Final = "prompts.offer"
PROMPTS_DECLINE: Final = "prompts.decline"
PROMPTS_LATER: Final = "prompts.later"
PROMPTS_TAKE_BACK: Final = "prompts.take_back"

AWAY_CONFIRM: Final = "away.confirm"
AWAY_CHANGE: Final = "away.change"
AWAY_SAVE: Final = "away.save"
AWAY_END: Final = "away.end"

MEMBERS_PAUSE: Final = "members.pause"
MEMBERS_RESUME: Final = "members.resume"
MEMBERS_LANGUAGE: Final = "members.language"

# Blocks of the forms, and the inputs in them.
KINDS: Final = "kinds"
NOTE: Final = "note"
COLLEAGUE: Final = "colleague"
STARTS_ON: Final = "starts_on"
ENDS_ON: Final = "ends_on"
PROMISE: Final = "promise"
DUE_ON: Final = "due_on"
