"""Who may do what for others, decided on what somebody is at the moment of acting; never on what a button says.

Everything else people do is about themselves, or about something that was sent to them: then it is theirs or it is not.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Who somebody is in the network now.

    `leads` is the institution of which a coordinator made them leader. `is_here`: their account works. `is_guest`: a
    guest of the workspace, or of another organisation.
    """

    id: int
    workspace: str
    is_here: bool
    is_guest: bool
    coordinates: bool
    institution: str | None
    leads: str | None


def may_look_after_network(me: Standing) -> bool:
    """True for a coordinator. Deputies are coordinators too: all of them may do the same."""
    return me.coordinates and me.is_here


def may_confirm(me: Standing, contact: Standing) -> bool:
    """True for a coordinator and for a leader of the contact person's institution, but never for oneself."""
    if me.id == contact.id or me.workspace != contact.workspace or not me.is_here:
        return False
    return me.coordinates or (me.leads is not None and me.leads == contact.institution)


def may_be_coordinator(somebody: Standing, workspace: str) -> bool:
    """True for a person of this workspace who is here and no guest."""
    return somebody.workspace == workspace and somebody.is_here and not somebody.is_guest


def may_stop(coordinators: frozenset[int], member_id: int) -> bool:
    """True unless nobody else would look after the network: holds for leaving the role and for being forgotten.

    `coordinators` are those who are here now.
    """
    return member_id not in coordinators or len(coordinators) > 1
