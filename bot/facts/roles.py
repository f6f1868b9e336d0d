"""Facts about who looks after the network."""

from dataclasses import dataclass

from bot.facts.members import Person


@dataclass(frozen=True)
class Appointed:
    """This person looks after the network too from now on."""

    other: Person


@dataclass(frozen=True)
class Withdrawn:
    """This person no longer looks after the network."""

    other: Person


@dataclass(frozen=True)
class SteppedBack:
    """Whoever pressed no longer looks after the network themselves."""


@dataclass(frozen=True)
class NowCoordinator:
    """To the one who was appointed: what it means, and with whom they share it."""

    others: tuple[Person, ...]


@dataclass(frozen=True)
class NoLongerCoordinator:
    """To the one whose role somebody else took back."""
