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

MEMBERS_PAUSE: Final = "members.pause"
MEMBERS_RESUME: Final = "members.resume"
MEMBERS_LANGUAGE: Final = "members.language"
MEMBERS_AVOID: Final = "members.avoid"
MEMBERS_UNAVOID: Final = "members.unavoid"

# Blocks of the request form and the colleague form, and the inputs in them.
KINDS: Final = "kinds"
NOTE: Final = "note"
COLLEAGUE: Final = "colleague"
