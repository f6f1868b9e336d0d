"""The bank of light prompts: eight questions for each of the eight tasks, never a lesson, never guilt (R4, S7).

A prompt's key is its task and its place here ("T4.2" is the second of T4), and people are not asked the same one again
for a year. So a new question goes to the end, and a question that is no longer asked keeps its place.
"""

from typing import Final, Protocol

from slack_sdk.models.blocks import Block

from bot.facts.prompts import AskedAnotherTime, OfferTakenBack, Prompt, TaskDeclined, TaskOffered
from bot.language import Translator, on_one_line
from bot.messages import ids, parts
from bot.messages.parts import Message


class _Questions(Protocol):
    def __call__(self, t: Translator) -> tuple[str, ...]: ...


def item(t: Translator, fact: Prompt, block_id: str) -> list[Block]:
    """The question, the task it is about, and three answers of one press each."""
    task_code, _, number = fact.prompt.partition(".")
    remarks = [t.text("It is about one task: {task}.", task=task(t, task_code))]
    if fact.needs_resources:
        remarks.append(t.text("Who covers the time? That is agreed before anything starts."))
    if who := on_one_line(fact.who_decides):
        remarks.append(t.text("Where you work this is decided by: {who}.", who=who))
    if note := on_one_line(fact.note):
        remarks.append(note)
    return [
        parts.says(_BANK[task_code](t)[int(number) - 1]),
        parts.remarks(*remarks),
        parts.buttons(
            parts.button(t.text("I could offer this"), ids.PROMPTS_OFFER, fact.prompt_ref),
            parts.button(t.text("Another time"), ids.PROMPTS_LATER, fact.prompt_ref),
            parts.button(t.text("Not for me"), ids.PROMPTS_DECLINE, fact.prompt_ref),
            block_id=block_id,
        ),
    ]


def task_offered(t: Translator, fact: TaskOffered) -> Message:
    """What the press did, and the way back."""
    lead = t.markup("Thank you. I noted that you could offer: {task}.", task=task(t, fact.task))
    calm = t.text("The coordinators see it. Nothing starts without asking you first.")
    back = parts.button(t.text("Take it back"), ids.PROMPTS_TAKE_BACK, fact.prompt_ref)
    return Message(lead, (parts.says(lead), parts.remarks(calm), parts.buttons(back)))


def task_declined(t: Translator, fact: TaskDeclined) -> Message:
    """Not for this person: they are not asked about it again, unless they change their mind."""
    lead = t.markup("That is fine. I do not ask you about this task again: {task}.", task=task(t, fact.task))
    after_all = parts.button(t.text("I could offer this after all"), ids.PROMPTS_OFFER, fact.prompt_ref)
    return Message(lead, (parts.says(lead), parts.buttons(after_all)))


def asked_another_time(t: Translator, _fact: AskedAnotherTime) -> Message:
    """Nothing was noted."""
    lead = t.markup("Another time, then. Nothing was noted.")
    return Message(lead, (parts.says(lead),))


def offer_taken_back(t: Translator, fact: OfferTakenBack) -> Message:
    """The offer is gone, without a reason."""
    lead = t.markup("Taken back. You do not offer this task any more: {task}.", task=task(t, fact.task))
    return Message(lead, (parts.says(lead),))


def task(t: Translator, code: str) -> str:
    """What one of the eight tasks is called (S46-S53)."""
    return {
        "T1": t.text("a link between your school and teacher education"),
        "T2": t.text("looking after students' training in your own unit"),
        "T3": t.text("a say in what future teachers learn"),
        "T4": t.text("a guest in teacher education"),
        "T5": t.text("hosting a study visit"),
        "T6": t.text("talking about wellbeing at work"),
        "T7": t.text("showing everyday work"),
        "T8": t.text("a member of a mentor group around teacher education"),
    }[code]


def contact_person(t: Translator) -> tuple[str, ...]:
    """Contact person, T1: a link between school and teacher education."""
    return (
        t.markup("Would you like to be the first person somebody new in your field can turn to?"),
        t.markup("What would you have liked to ask a teacher before you began, and could somebody ask you that now?"),
        t.markup("Who in your school knows where new teachers are needed? Could that be you, for your field?"),
        t.markup("Would you enjoy linking your school and teacher education now and then, in whatever way suits you?"),
        t.markup(
            "If a skilled professional wondered about becoming a teacher, would you tell them honestly what it is like?"
        ),
        t.markup("Which question about working at your school could you answer better than any website?"),
        t.markup(
            "Would it suit you if people who plan recruiting in your region asked you how things look in your field?"
        ),
        t.markup("Would you like your field to have a face at your school, and could it be yours?"),
    )


def students_training(t: Translator) -> tuple[str, ...]:
    """Students' training in one's own unit, T2."""
    return (
        t.markup("Would you like to be the one in your unit who knows which students are coming, and when?"),
        t.markup("What makes a student's first day in your unit a good one, and would you like to look after it?"),
        t.markup("Could students ask you about practical things of their training: keys, clothes, where to eat?"),
        t.markup("Who keeps an eye on students' training in your unit? Would you like to share it with them?"),
        t.markup("Would you enjoy matching a student's wishes with what happens in your workshop that month?"),
        t.markup("What would you like students to know before they come to your unit, and could you tell them?"),
        t.markup("Would it help your colleagues if one person, perhaps you, answered for students' training?"),
        t.markup("When students leave your unit, would you like to hear what they take with them?"),
    )


def curriculum(t: Translator) -> tuple[str, ...]:
    """Developing what future teachers learn, T3."""
    return (
        t.markup("What would you change in how teachers are trained, and would you like to say it where it counts?"),
        t.markup(
            "Would you like to read a draft of a course plan now and then, and say what is missing from everyday work?"
        ),
        t.markup("What has changed in your field that teacher education may not have noticed yet?"),
        t.markup("Would you like to have a say when the studies of future teachers are planned?"),
        t.markup("Which skill do new teachers in your field need first, and could you help to write it down?"),
        t.markup("Would you enjoy thinking aloud with teacher educators about one topic you care about?"),
        t.markup("What would you like new colleagues to know already on the day they start?"),
        t.markup("If somebody asked you for three sentences on a course plan, would you like to be asked?"),
    )


def guest(t: Translator) -> tuple[str, ...]:
    """Expert by experience in teacher education, T4: always with somebody covering the time."""
    return (
        t.markup("Would you like to visit a teacher education session once and tell what an ordinary day is like?"),
        t.markup("What could you show in thirty minutes that no book can show?"),
        t.markup("Is there a topic you would happily talk about with future teachers, in person or online?"),
        t.markup(
            "Would you like to sit in a session as the one who knows the work, with a clear part and a clear end?"
        ),
        t.markup("Which mistake taught you most, and would you tell it to people who are about to start?"),
        t.markup(
            "Would it interest you to answer future teachers' questions for half an hour, with nothing to prepare?"
        ),
        t.markup("How do you assess skills in practice? Could you show it to a group of students once?"),
        t.markup("Would you like to be a guest whom teacher educators may ask, and say yes only when it suits you?"),
    )


def study_visits(t: Translator) -> tuple[str, ...]:
    """Hosting study visits, T5."""
    return (
        t.markup("Would you like to show your workshop to a few future teachers once?"),
        t.markup("Which hour of your week would be the best one to have a visitor in?"),
        t.markup("What do visitors to your school always want to see, and could you show it?"),
        t.markup("Would a visit by students from another school or country interest you and yours?"),
        t.markup("Is there a topic that is better seen than explained, and would you host a small group for it?"),
        t.markup("Would you like one curious person beside you for a morning, just to see what you do?"),
        t.markup("How many visitors would be just right for your room, and would you have them once a term?"),
        t.markup("Which part of your school would you have liked to see yourself when you were a student teacher?"),
    )


def wellbeing(t: Translator) -> tuple[str, ...]:
    """Wellbeing at work, T6: natural, never a duty."""
    return (
        t.markup("What helps you to enjoy this work, and would you share it with somebody who is new to it?"),
        t.markup("If a student asked whether this is a job one can bear, would you talk with them about it?"),
        t.markup("How do you let go of a working day? Could that be worth telling somebody?"),
        t.markup("Would you like to be somebody with whom one may talk about the hard sides of teaching too?"),
        t.markup("What did a colleague once do that made a heavy week lighter? Would you pass it on?"),
        t.markup("What would you like a new teacher to hear about taking breaks?"),
        t.markup("Would you enjoy a quiet talk now and then with somebody in their first year?"),
        t.markup("Where do you find joy in teaching just now, and may somebody ask you about it?"),
    )


def everyday(t: Translator) -> tuple[str, ...]:
    """Everyday work made visible, T7."""
    return (
        t.markup("Which ordinary moment of your week should every future teacher see once?"),
        t.markup("Students seldom see how a team meeting works. Would you let somebody sit in once?"),
        t.markup("How do you keep a workshop safe? Would you like to show it to somebody who will do it next?"),
        t.markup(
            "What do you do when a learner needs more support? Could you tell a future teacher about it, without names?"
        ),
        t.markup("Would you like to show how learning at the workplace is agreed and followed?"),
        t.markup("Which part of your work is never in the textbooks, and would you let somebody see it?"),
        t.markup("How does a talk about a learner's plans go at your school? Would you share how you do it?"),
        t.markup("Paperwork, breaks, corridors: would you show a student teacher the day between the lessons?"),
    )


def member(t: Translator) -> tuple[str, ...]:
    """A valued member of a structure that teacher education looks after, T8."""
    return (
        t.markup("Would you like to belong to a group of mentors that teacher education keeps together?"),
        t.markup("What would make you feel valued as somebody who helps new teachers?"),
        t.markup("Would you like to meet others who do the same in other schools, a few times a year at most?"),
        t.markup("If mentors had a common voice towards teacher education, would you like to be part of it?"),
        t.markup("What would you like to learn from teacher education in return for what you give?"),
        t.markup("Would it be good to have one named person in teacher education who knows you and your work?"),
        t.markup("Would you like to be counted as a member with a part of your own choosing, however small?"),
        t.markup("Which colleague elsewhere would you like to think with, if the network brought you together?"),
    )


_BANK: Final[dict[str, _Questions]] = {
    "T1": contact_person,
    "T2": students_training,
    "T3": curriculum,
    "T4": guest,
    "T5": study_visits,
    "T6": wellbeing,
    "T7": everyday,
    "T8": member,
}
