"""What became of what was asked of the group's own decks; each is told to its sender alone."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.deck_commands import Draft
from bot.core.drafting import Flaw
from bot.core.ids import DeckId
from bot.core.items import Item
from bot.core.own_packs import DeckCount


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gave. *others* are cards, notes and labs."""

    path: str
    format: str
    questions: int
    others: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What a person has to look at in a file, and what to do; *line* is 0 where there is none."""

    path: str
    line: int
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class UploadReport:
    """What reading files came to: *new* questions, *changed* ones, and those that are the *same* as before.

    *others* are new or changed cards, notes and labs. *decks* are those that something would happen to; with
    nothing that *adds*, all is there already. *off* are questions that would not be asked until a person has
    decided. *repaired* counts repairs by their kind, *dropped* the lines that became nothing. *whole* is the
    report in full, as text.
    """

    files: tuple[FileRead, ...]
    new: int = 0
    changed: int = 0
    same: int = 0
    others: int = 0
    decks: tuple[DeckCount, ...] = ()
    adds: bool = False
    off: int = 0
    repaired: tuple[tuple[str, int], ...] = ()
    dropped: int = 0
    problems: tuple[FileProblem, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class UploadRead:
    """Files were read and nothing is added yet. Without an *upload* there is nothing to add."""

    upload: str
    report: UploadReport


@dataclass(frozen=True, slots=True)
class DecksAdded:
    """An upload was added."""

    report: UploadReport


@dataclass(frozen=True, slots=True)
class UploadDropped:
    """An upload was forgotten, and nothing was added."""


@dataclass(frozen=True, slots=True)
class RemovalAsked:
    """Whether the sender means it, before a deck is taken away."""

    deck: DeckId
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class DeckRemoved:
    """A deck of the group's own is gone."""

    title: str


@dataclass(frozen=True, slots=True)
class WritingOpened:
    """The form in which a question is written, with what is in it already.

    With *proposal* it is for proposing one. *mends* is the proposal that it mends, "" for none. *flaw* says
    why what was typed is not taken yet, and *said* which part of it.
    """

    draft: Draft
    proposal: bool = False
    mends: str = ""
    flaw: Flaw | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class QuestionWritten:
    """A question was added to a deck."""

    item: Item
    deck: str


@dataclass(frozen=True, slots=True)
class QuestionProposed:
    """A question waits for those who organise."""


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One of the proposals that nobody has decided on; *left* counts them all.

    *item* is what it would become, None when it cannot be asked as it is, which *flaw* says why. *next* is
    the proposal to go on after, "" when it is the only one.
    """

    proposal: str
    by: str
    draft: Draft
    left: int
    item: Item | None = None
    flaw: Flaw | None = None
    said: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class NoProposals:
    """There is no proposal that nobody has decided on."""


@dataclass(frozen=True, slots=True)
class ProposalDecided:
    """A proposal was accepted, mended perhaps, or declined; *left* are still to be decided on."""

    accepted: bool
    by: str
    deck: str
    left: int


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """Somebody's proposal was decided on; they are told."""

    prompt: str
    accepted: bool
    mended: bool
    deck: str


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file to take away; *data* is in base 64. *left_out* says what its format cannot hold."""

    name: str
    data: str
    left_out: tuple[str, ...] = ()


class DeckTrouble(StrEnum):
    """Why nothing was done."""

    NO_GROUP = "no_group"
    NO_FILE = "no_file"
    TOO_MANY_FILES = "too_many_files"
    FILE_TOO_LARGE = "file_too_large"
    FILE_GONE = "file_gone"
    NOT_READ = "not_read"
    TOOK_TOO_LONG = "took_too_long"
    BUSY = "busy"
    PACK_TOO_LARGE = "pack_too_large"
    UPLOAD_GONE = "upload_gone"
    CHANGED_SINCE = "changed_since"
    NOT_OWN = "not_own"
    NO_OWN = "no_own"
    PROPOSAL_GONE = "proposal_gone"
    MANY_PROPOSALS = "many_proposals"
    NOT_EXPORTED = "not_exported"


@dataclass(frozen=True, slots=True)
class DecksRefused:
    """Nothing was done; *detail* is a file's name, or the sentence of whoever read it."""

    why: DeckTrouble
    detail: str = ""


DeckReply = (
    UploadRead
    | DecksAdded
    | UploadDropped
    | RemovalAsked
    | DeckRemoved
    | WritingOpened
    | QuestionWritten
    | QuestionProposed
    | ProposalShown
    | NoProposals
    | ProposalDecided
    | ProposalAnswered
    | FileGiven
    | DecksRefused
)
"""What one reader alone is told of the group's own decks."""
