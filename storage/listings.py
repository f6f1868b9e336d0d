"""The directory as it is searched: one row for each field and language of everybody who can be asked.

What it says follows from people, their fields, requests and waiting lists. Each transaction that changes one of those
brings the rows of the people concerned up to date before it commits (`Store.settle`), so nobody has to think of it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, product
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import (
    ARRAY,
    Double,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.candidates import Candidates
from storage.introductions import IntroductionRow
from storage.members import MemberFieldRow, MemberRow
from storage.rows import NEVER, Row, UtcDateTime

ANY_LANGUAGE: Final = "*"
"""Everybody is listed once more under it, for an asker whose languages nobody knows."""
NO_LANGUAGE: Final = ""
"""The language of a person who names none."""
_IN_ONE_STATEMENT: Final = 1_000
_LOCK: Final = 7_453_118
"""Any number will do: with a person's number it lets one transaction at a time write the rows of that person."""
_LOCKS: Final = 64
"""People share so many locks: PostgreSQL has room for some thousands in all, and an import changes everybody."""

_ORDER: Final = ("fullness", "load", "last_contact_at", "member_id")
"""Least loaded, then longest since the last contact (R9); the number at the end makes it stable."""


class ListingRow(Row):
    """A contact person under one field and one language; `fullness` is the share of their places that is taken."""

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_by_region", "workspace", "code", "language", "country", "region", *_ORDER, "institution"),
        Index("ix_listings_by_country", "workspace", "code", "language", "country", *_ORDER, "institution"),
        Index("ix_listings_by_field", "workspace", "code", "language", *_ORDER, "institution"),
        Index("ix_listings_by_institution", "workspace", "institution", "language", "code"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(100), default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    fullness: Mapped[float] = mapped_column(Double)
    load: Mapped[int]
    last_contact_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Place(NamedTuple):
    """A region of a country, or without a region the whole country; a country of None means nobody knows which."""

    country: str | None
    region: str | None = None


class Around(NamedTuple):
    """Where to look, in fields and places, and how many people of each field and language are enough there.

    Without a place it is everywhere. With `full` it is those whose places are all taken.
    """

    codes: tuple[str, ...]
    place: Place | None
    enough: int
    full: bool = False


class Reached(NamedTuple):
    """Whom to leave in peace: those whom so many requests have reached since then (R8)."""

    since: datetime
    at_most: int


class Asker(NamedTuple):
    """Who looks, as far as it decides what to read."""

    workspace: str
    languages: tuple[str, ...]
    institution: str | None
    not_these: Collection[int] = ()
    spared: Reached | None = None


class Listed(NamedTuple):
    """A contact person found under one field, as a lean row for ranking (R9)."""

    member_id: int
    code: str
    languages: tuple[str, ...]
    country: str | None
    region: str | None
    institution: str | None
    capacity: int
    load: int
    last_contact_at: datetime | None


class _Entry(NamedTuple):
    """A row as plain values, in the order of its columns."""

    member_id: int
    code: str
    language: str
    workspace: str
    country: str
    region: str
    institution: str
    fullness: float
    load: int
    last_contact_at: datetime


_Rows: TypeAlias = dict[int, set[_Entry]]
_AS_LISTED: Final = select(*(getattr(ListingRow, name) for name in _Entry._fields))
_IN_ORDER: Final = tuple(getattr(ListingRow, name) for name in _ORDER)
# Counted for those who are looked at alone: the requests of everybody would be more with every member.
_REQUESTS_LATELY: Final = (
    select(func.count())
    .where(
        IntroductionRow.contact_id == ListingRow.member_id,
        IntroductionRow.requested_at >= bindparam("reached_since", type_=UtcDateTime),
    )
    .correlate(ListingRow)
    .scalar_subquery()
)


class Listings:
    """Queries about who is listed, and keeping the list right."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._outdated: set[int] = set()

    async def foremost(self, asker: Asker, around: Sequence[Around]) -> list[Listed]:
        """Everybody who could come first in each place looked at (R9).

        That is: of each field, each language of the asker and "no language known", the first ones in the order of R9.
        People of the asker's own institution are all there, since they come last among equals.
        """
        found = await self._session.execute(_foremost(_shape_of(asker, around)), _values(asker, around))
        ruled_out = set(asker.not_these)
        return [Listed(*row) for row in found if row[0] not in ruled_out]

    def outdate(self, member_ids: Iterable[int]) -> None:
        """Notes that what is listed of these people may have changed."""
        self._outdated.update(member_ids)

    async def bring_up_to_date(self) -> None:
        """Lists everybody noted anew. It is the last thing a transaction does before it commits."""
        await self._session.flush()
        numbers = sorted(self._outdated)
        self._outdated.clear()
        if numbers:
            await self._one_at_a_time(numbers)
        for some in _by_thousands(numbers):
            await self._list_anew(some)

    async def wrong_ones(self) -> list[int]:
        """People whose rows do not say what follows from the other tables; there must never be any."""
        everybody = list(await self._session.scalars(select(MemberRow.id).order_by(MemberRow.id)))
        return [number for some in _by_thousands(everybody) for number in (await self._differences(some))[2]]

    async def _list_anew(self, numbers: list[int]) -> None:
        is_so, should_be, changed = await self._differences(numbers)
        connection = await self._session.connection()
        if gone := [number for number in changed if number in is_so]:
            await connection.execute(delete(ListingRow).where(ListingRow.member_id.in_(gone)))
        if new := [row._asdict() for number in changed for row in should_be.get(number, ())]:
            await connection.execute(insert(ListingRow), new)

    async def _one_at_a_time(self, numbers: list[int]) -> None:
        """Whoever counts the load of a person last must see what the others have counted.

        It is a lock of its own, taken after all others: the rows of people may be held by somebody who waits for us.
        SQLite has one writer anyway.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            shared = sorted({number % _LOCKS for number in numbers})
            locks = func.unnest(bindparam("locks", shared, ARRAY(Integer)))
            await self._session.execute(select(func.pg_advisory_xact_lock(cast(_LOCK, Integer), locks)))

    async def _differences(self, numbers: list[int]) -> tuple[_Rows, _Rows, list[int]]:
        """What is listed of these people, what should be, and of whom the two differ."""
        is_so: _Rows = {}
        for found in await self._session.execute(_AS_LISTED.where(ListingRow.member_id.in_(numbers))):
            is_so.setdefault(found[0], set()).add(_Entry(*found))
        should_be = await self._right_rows_of(numbers)
        return is_so, should_be, [number for number in numbers if is_so.get(number) != should_be.get(number)]

    async def _right_rows_of(self, numbers: list[int]) -> _Rows:
        # Read anew: what this transaction saw of a person before may have changed under another one's hands.
        found = await self._session.scalars(
            select(MemberRow).where(MemberRow.id.in_(numbers)).execution_options(populate_existing=True)
        )
        askable = [member for member in found if member.can_be_asked and member.external_id is not None]
        codes: dict[int, list[str]] = {member.id: [] for member in askable}
        fields = select(MemberFieldRow.member_id, MemberFieldRow.code).where(MemberFieldRow.member_id.in_(codes))
        for member_id, code in await self._session.execute(fields):
            codes[member_id].append(code)
        loads = await Candidates(self._session).loads_of(codes)
        return {one.id: set(_entries(one, codes[one.id], loads.get(one.id, 0))) for one in askable if codes[one.id]}


class _Shape(NamedTuple):
    """What decides how the statement of `foremost` reads, apart from its values."""

    around: tuple[tuple[int, int, bool], ...]
    """How many codes, how exact the place is (0 everywhere, 1 a country, 2 a region), and whether it is the full."""
    languages: int
    has_institution: bool
    spares_some: bool


def _shape_of(asker: Asker, around: Sequence[Around]) -> _Shape:
    return _Shape(
        tuple((len(one.codes), _exactness(one.place), one.full) for one in around),
        len(_languages(asker)),
        bool(asker.institution),
        asker.spared is not None,
    )


@cache
def _foremost(shape: _Shape) -> Select[*tuple[Any, ...]]:
    """The statement, built once for each shape: building it takes longer than running it."""
    parts = [_parts(shape, place, *around) for place, around in enumerate(shape.around)]
    found = union_all(*chain.from_iterable(parts)).subquery("found")
    return select(
        MemberRow.id,
        found.c.code,
        MemberRow.languages,
        MemberRow.country,
        MemberRow.region,
        MemberRow.institution,
        MemberRow.capacity,
        found.c.load,
        MemberRow.last_contact_at,
    ).join(found, found.c.member_id == MemberRow.id)


def _parts(shape: _Shape, place: int, codes: int, exactness: int, full: bool) -> Iterator[Select[*tuple[Any, ...]]]:
    columns = ListingRow.member_id, ListingRow.code, ListingRow.load
    where = [
        ListingRow.workspace == bindparam("in_workspace"),
        ListingRow.fullness >= 1 if full else ListingRow.fullness < 1,
        *[ListingRow.country == bindparam(f"in_country_{place}")][:exactness],
        *[ListingRow.region == bindparam(f"in_region_{place}")][: exactness - 1 if exactness else 0],
    ]
    if shape.spares_some:
        where.append(bindparam("at_most", type_=Integer) > _REQUESTS_LATELY)
    names = [f"field_{place}_{number}" for number in range(codes)]
    if shape.has_institution:
        own = ListingRow.institution == bindparam("in_institution")
        of_these = ListingRow.code.in_([bindparam(name, type_=String) for name in names])
        yield select(*columns).where(*where, own, of_these, ListingRow.language == ANY_LANGUAGE)
        where.append(~own)
    for name, language in product(names, range(shape.languages)):
        of_this = ListingRow.code == bindparam(name), ListingRow.language == bindparam(f"speaks_{language}")
        first = (
            select(*columns)
            .where(*where, *of_this)
            .order_by(*_IN_ORDER)
            .limit(bindparam(f"enough_{place}", type_=Integer))
        )
        yield select(*first.subquery().c)


def _values(asker: Asker, around: Sequence[Around]) -> dict[str, Any]:
    values: dict[str, Any] = {"in_workspace": asker.workspace, "in_institution": asker.institution}
    if asker.spared is not None:
        values |= {"reached_since": asker.spared.since, "at_most": asker.spared.at_most}
    values |= {f"speaks_{number}": language for number, language in enumerate(_languages(asker))}
    for place, one in enumerate(around):
        values |= {f"field_{place}_{number}": code for number, code in enumerate(one.codes)}
        # Whoever must not be proposed may stand in front: so many more are read.
        values[f"enough_{place}"] = one.enough + len(asker.not_these)
        if one.place is not None:
            values |= {f"in_country_{place}": one.place.country or "", f"in_region_{place}": one.place.region or ""}
    return values


def _languages(asker: Asker) -> tuple[str, ...]:
    return (*dict.fromkeys(asker.languages), NO_LANGUAGE) if asker.languages else (ANY_LANGUAGE,)


def _exactness(place: Place | None) -> int:
    if place is None:
        return 0
    return 1 if place.region is None else 2


def _entries(member: MemberRow, codes: Iterable[str], load: int) -> Iterator[_Entry]:
    for code, language in product(codes, (*dict.fromkeys(member.languages or (NO_LANGUAGE,)), ANY_LANGUAGE)):
        yield _Entry(
            member.id,
            code,
            language,
            member.workspace,
            member.country or "",
            member.region or "",
            member.institution or "",
            load / member.capacity,
            load,
            member.last_contact_at or NEVER,
        )


def _by_thousands(numbers: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(numbers), _IN_ONE_STATEMENT):
        yield numbers[first : first + _IN_ONE_STATEMENT]
