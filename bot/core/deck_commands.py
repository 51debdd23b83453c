"""What people ask of their group's own decks: bring some, take some away, write and propose questions.

Which pack is meant follows from where it is asked: a group has one of its own.
"""

from dataclasses import dataclass

from bot.core.ids import DeckId


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as somebody typed it into the form.

    *options* has one a line, a star before each right one. *deck* is the title of the deck that it goes to.
    """

    prompt: str
    options: str
    explanation: str = ""
    deck: str = ""


@dataclass(frozen=True, slots=True)
class AddDecks:
    """Read the files that were sent with this, and show what would come of them."""


@dataclass(frozen=True, slots=True)
class TakeUpload:
    """Add what an upload would add."""

    upload: str


@dataclass(frozen=True, slots=True)
class DropUpload:
    """Forget an upload."""

    upload: str


@dataclass(frozen=True, slots=True)
class RemoveDeck:
    """Take a deck of the group's own away; unless they are *sure*, the sender is asked first."""

    deck: DeckId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class WriteQuestion:
    """Add a question to the group's own decks."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class ProposeQuestion:
    """Propose a question to those who organise."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class DecideProposal:
    """Accept or decline a proposal; with a *draft*, accept it as it was mended."""

    proposal: str
    accepted: bool
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class ShowReport:
    """Give the whole report of an upload as a file."""

    upload: str


@dataclass(frozen=True, slots=True)
class OpenWriting:
    """Show the form in which a question is written, or proposed."""

    proposal: bool = False


@dataclass(frozen=True, slots=True)
class OpenMending:
    """Show the form in which a proposal is mended before it is accepted."""

    proposal: str


@dataclass(frozen=True, slots=True)
class ShowProposals:
    """Show one of the proposals that nobody has decided on: the first after *after*, "" for the first."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class ExportDeck:
    """Give a deck, or all of the group's own with None, as a file in a *format*."""

    deck: DeckId | None
    format: str


DeckCommand = (
    AddDecks | TakeUpload | DropUpload | RemoveDeck | WriteQuestion | ProposeQuestion | DecideProposal
)
"""What changes the group's own decks, or what waits to be added to them."""

DeckQuery = ShowReport | OpenWriting | OpenMending | ShowProposals | ExportDeck
"""What changes nothing."""
