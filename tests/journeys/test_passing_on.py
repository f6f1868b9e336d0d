"""A contact person may suggest a colleague; nobody is asked before the asker says so."""

from storage.introductions import ASKED, PASSED_ON, IntroductionRow
from tests.journeys.stage import Cast, story

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
ELLA = Cast("Ella Koski", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), capacity=2, locale="en-GB")
PAIVI = Cast("Päivi Laine", fields=("0715",), institution="Porin opisto", locale="en-GB")
TOINI = Cast("Toini Rinne", fields=("0715",), region="Lappi", locale="en-GB")
BAKER = Cast("Bertta Pulla", fields=("1013",), locale="en-GB")


async def test_a_suggested_colleague_is_shown_first_and_asked_only_by_the_asker(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO, PAIVI, TOINI, BAKER) as told:
        await told.asks_in(OMAR, "metal", "Risto", kinds=["see_the_work"])
        await told.presses(RISTO, "introductions.pass_on")
        (form,) = (await told._get(f"views?user={RISTO.id}"))["views"]
        (select,) = [block["element"] for block in form["blocks"] if block["type"] == "input"]
        offered = {option["text"]["text"]: option["value"] for option in select["options"]}
        assert list(offered) == ["Päivi Laine, Porin opisto", "Toini Rinne"], "colleagues of the field, not oneself"
        await told.submits(RISTO, colleague=offered["Toini Rinne"])
        assert "I suggest *Toini Rinne* to *Omar Ali*, who decides" in (await told.hears(RISTO))[-1].words
        news = (await told.hears(OMAR))[-1]
        assert news.text.startswith("*Risto Ahola* is not available right now.")
        assert "Risto suggests a colleague." in news.words
        assert news.labels("introductions.request") == ["Ask Toini", "Ask Päivi"], "the suggested one comes first"
        assert "suggested by a colleague" in news.words
        assert await told.posted_to(TOINI) == [], "nobody is asked before the asker says so"
        assert [row.state for row in await told.rows(IntroductionRow)] == [PASSED_ON]
        await told.asks(OMAR, "Toini")
        assert len(await told.posted_to(TOINI)) == 1
        assert [row.state for row in await told.rows(IntroductionRow)] == [PASSED_ON, ASKED]


async def test_not_now_and_silence_read_the_same_to_the_student(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, ELLA, RISTO, PAIVI) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.asks_in(ELLA, "metal", "Risto")
        for_omar = (await told.hears(RISTO))[0]
        no = for_omar.button("introductions.decline")
        assert no is not None
        await told.presses_on(RISTO, for_omar, no)
        assert "you are not available right now, no more" in (await told.hears(RISTO))[0].words
        await told.leaps_to("2027-02-10 09:30")
        await told.at("2027-02-10 10:30")
        declined, released = (await told.hears(OMAR))[-1], (await told.hears(ELLA))[-1]
        assert declined.text == released.text == "*Risto Ahola* is not available right now. Who also fits: Päivi."
        assert _without_references(declined.blocks) == _without_references(released.blocks)


async def test_nobody_else_in_the_field_leaves_not_now_as_the_answer(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO, BAKER) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.presses(RISTO, "introductions.pass_on")
        (form,) = (await told._get(f"views?user={RISTO.id}"))["views"]
        assert form["submit"] is None
        assert "No colleague in this field can be asked just now." in str(form["blocks"])
        await told.presses(RISTO, "introductions.decline")
        news = (await told.hears(OMAR))[-1]
        assert "Nobody else can be asked just now." in news.words
        assert news.button("introductions.watch"), "every ask has a way on"


def _without_references(blocks: object) -> object:
    """The blocks without what differs between two cards that read the same."""
    if isinstance(blocks, dict):
        return {key: _without_references(one) for key, one in blocks.items() if key not in ("value", "block_id")}
    return [_without_references(one) for one in blocks] if isinstance(blocks, (list, tuple)) else blocks
