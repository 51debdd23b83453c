"""Own decks as they are read: what an upload would bring, forms, proposals, files to take away."""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.core import deck_effects as dx
from bot.core.deck_commands import Draft
from bot.core.drafting import LONGEST_EXPLANATION, LONGEST_PROMPT, LONGEST_TITLE
from bot.core.ids import OptionId
from bot.core.items import ChoiceKey, Item
from bot.core.questions import letter
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line, clean_text, shorten
from bot.wording.deck_actions import (
    PROPOSE,
    WRITE,
    decide_action,
    drop_action,
    mend_action,
    next_action,
    remove_action,
    report_action,
    take_action,
)
from bot.wording.markup import blocks_of
from bot.wording.menu import ROOT
from bot.wording.pieces import paragraph, quiet, strong, view
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Field,
    File,
    Form,
    Mark,
    Paragraph,
    Style,
    Table,
    Text,
    Tone,
    View,
)

MOST_PROBLEMS: Final = 10
MOST_FILES: Final = 10
MOST_DECKS: Final = 20
LONGEST_PROBLEM: Final = 300
LONGEST_OPTIONS: Final = 3000
LONGEST_NAME: Final = 80


def own_decks_view(effect: dx.DeckReply, catalogue: Catalogue) -> View:  # noqa: C901, PLR0911 - one case an effect
    """Return what became of what was asked of the group's own decks."""
    match effect:
        case dx.UploadRead():
            return _read(effect, catalogue)
        case dx.DecksAdded(report=report):
            return _added(report, catalogue)
        case dx.UploadDropped():
            return view(Tone.INFO, catalogue.dropped_title(), (paragraph(catalogue.dropped()),))
        case dx.RemovalAsked():
            return _removal(effect, catalogue)
        case dx.DeckRemoved(title=title):
            return view(Tone.GOOD, catalogue.removed_title(), (paragraph(catalogue.removed(title)),))
        case dx.WritingOpened():
            return _writing(effect, catalogue)
        case dx.QuestionWritten(item=item, deck=deck):
            return _written(item, deck, catalogue)
        case dx.QuestionProposed():
            return view(Tone.GOOD, catalogue.proposed_title(), (paragraph(catalogue.proposed()),))
        case dx.ProposalShown():
            return _proposal(effect, catalogue)
        case dx.NoProposals():
            return view(Tone.INFO, catalogue.no_proposals_title(), (paragraph(catalogue.no_proposals()),))
        case dx.ProposalDecided():
            return _decided(effect, catalogue)
        case dx.ProposalAnswered():
            return _answered(effect, catalogue)
        case dx.FileGiven():
            return _file(effect, catalogue)
        case dx.DecksRefused(why=why, detail=detail):
            said = catalogue.decks_refused(why, detail)
            return view(Tone.REFUSED, catalogue.decks_refused_title(), (paragraph(said),))
        case _:
            assert_never(effect)


# -------------------------------------------------------------------------------------------------- uploads


def _read(effect: dx.UploadRead, catalogue: Catalogue) -> View:
    """Return what files hold, what is wrong with them, and the question whether it is wanted."""
    report = effect.report
    buttons: list[Button] = []
    if effect.upload:
        add = catalogue.add_upload(report.new)
        buttons = [
            Button(take_action(effect.upload), add, catalogue.hint_on("add"), Style.PRIMARY),
            Button(drop_action(effect.upload), catalogue.leave_upload(), catalogue.hint_on("leave")),
            Button(report_action(effect.upload), catalogue.whole_report(), catalogue.hint_on("report")),
        ]
    known = any(one.questions or one.others for one in report.files)
    nothing = catalogue.nothing_new() if known else catalogue.nothing_read()
    last = paragraph(catalogue.add_or_leave() if effect.upload else nothing)
    blocks = (*_report(report, catalogue, kept=bool(effect.upload)), last)
    return view(Tone.INFO, catalogue.read_title(len(report.files)), blocks, buttons)


def _report(report: dx.UploadReport, catalogue: Catalogue, *, kept: bool) -> Iterator[Block | None]:
    """Yield what files hold; of what is *kept* the whole report can be had."""
    files = report.files[:MOST_FILES]
    yield Bullets(tuple(_line(catalogue.file_read(*_facts(one))) for one in files))
    yield _more(len(report.files) - len(files), catalogue)
    yield paragraph(catalogue.upload_sum(report.new, report.changed, report.same))
    yield paragraph(catalogue.upload_others(report.others)) if report.others else None
    yield paragraph(catalogue.upload_off(report.off)) if report.off else None
    yield paragraph(catalogue.upload_repaired(report.repaired)) if report.repaired else None
    left = catalogue.upload_left(report.dropped, kept=kept)
    yield paragraph(left) if report.dropped else None
    if report.problems:
        yield strong(catalogue.upload_problems(len(report.problems)))
        yield Bullets(tuple(_line(_problem(one, catalogue)) for one in report.problems[:MOST_PROBLEMS]))
        yield _more(len(report.problems) - MOST_PROBLEMS, catalogue)


def _facts(one: dx.FileRead) -> tuple[str, str, int, int, int]:
    return shorten(clean_line(one.path), LONGEST_NAME), one.format, one.questions, one.others, one.problems


def _problem(one: dx.FileProblem, catalogue: Catalogue) -> str:
    where = catalogue.problem_place(shorten(clean_line(one.path), LONGEST_NAME), one.line)
    return shorten(f"{where} {clean_line(one.message)} {clean_line(one.mend)}".strip(), LONGEST_PROBLEM)


def _more(number: int, catalogue: Catalogue) -> Paragraph | None:
    """Return that there is more in the whole report, if there is."""
    return quiet(catalogue.more_in_report(number)) if number > 0 else None


def _added(report: dx.UploadReport, catalogue: Catalogue) -> View:
    """Return what the group has now, and what to type to play it."""
    decks = report.decks[:MOST_DECKS]
    rows = tuple(
        (
            (Text(clean_line(deck.title)),),
            (Text(catalogue.number(deck.questions)),),
            (Code(f"{ROOT} play deck:{deck.id}"),),
        )
        for deck in decks
    )
    header = (catalogue.deck_column(), catalogue.questions_column(), catalogue.to_play_column())
    table = Table(header, rows, ("left", "right", "left")) if rows else None
    rest = len(report.decks) - len(decks)
    blocks = (
        paragraph(catalogue.added(report.new, report.changed)),
        table,
        quiet(catalogue.more_decks(rest)) if rest else None,
    )
    return view(Tone.GOOD, catalogue.added_title(), blocks)


def _removal(effect: dx.RemovalAsked, catalogue: Catalogue) -> View:
    action = remove_action(effect.deck)
    button = Button(action, catalogue.remove_deck(), catalogue.hint_on("remove"), Style.DANGER)
    asked = paragraph(catalogue.removal_asked(effect.title, effect.questions))
    return view(Tone.INFO, catalogue.removal_title(), (asked,), (button,) if action else ())


# ---------------------------------------------------------------------------------------- writing, proposing


def _writing(effect: dx.WritingOpened, catalogue: Catalogue) -> View:
    """Return the form for a question; what was typed is in it, and above it why it was not taken."""
    action = mend_action(effect.mends) if effect.mends else PROPOSE if effect.proposal else WRITE
    titles = catalogue.writing_titles()
    title = titles[2] if effect.mends else titles[1] if effect.proposal else titles[0]
    form = Form(action, _fields(effect.draft, catalogue), catalogue.writing_label(), title, practice=True)
    if effect.flaw is None:
        return view(Tone.INFO, title, (paragraph(catalogue.writing_lead()),), (form,))
    wrong = paragraph(catalogue.flaw(effect.flaw, shorten(clean_line(effect.said), LONGEST_NAME)))
    return view(Tone.REFUSED, catalogue.not_written_title(), (wrong,), (form,))


def _fields(draft: Draft, catalogue: Catalogue) -> tuple[Field, ...]:
    prompt, options, explanation, deck = catalogue.writing_fields()
    hint = catalogue.options_hint()
    return (
        Field(prompt, longest=LONGEST_PROMPT, lines=True, value=clean_text(draft.prompt)),
        Field(options, hint, longest=LONGEST_OPTIONS, lines=True, value=clean_text(draft.options)),
        Field(
            explanation,
            longest=LONGEST_EXPLANATION,
            lines=True,
            optional=True,
            value=clean_text(draft.explanation),
        ),
        Field(
            deck, catalogue.deck_hint_written(), LONGEST_TITLE, optional=True, value=clean_text(draft.deck)
        ),
    )


def _written(item: Item, deck: str, catalogue: Catalogue) -> View:
    said = paragraph(catalogue.written(deck))
    play = Paragraph(catalogue.to_play(f"{ROOT} play deck:{item.deck}"))
    return view(Tone.GOOD, catalogue.written_title(), (said, *_shown(item), play))


def _shown(item: Item) -> tuple[Block, ...]:
    """Return a question with its right options marked."""
    right: tuple[OptionId, ...] = item.key.right if isinstance(item.key, ChoiceKey) else ()
    choices = tuple(
        Choice(letter(place), blocks_of(option.text), Mark.RIGHT if option.id in right else Mark.NONE)
        for place, option in enumerate(item.options)
    )
    return (*blocks_of(item.prompt), Choices(choices), *blocks_of(item.explanation))


def _proposal(effect: dx.ProposalShown, catalogue: Catalogue) -> View:
    """Return what somebody proposed, as it would be asked, and what can be done about it."""
    buttons = [
        Button(
            decide_action(effect.proposal, accepted=False),
            catalogue.decline(),
            catalogue.hint_on("decline"),
            Style.DANGER,
        ),
        *(
            (Button(next_action(effect.next), catalogue.next_proposal(), catalogue.hint_on("next")),)
            if effect.next
            else ()
        ),
    ]
    mend = Button(mend_action(effect.proposal), catalogue.mend(), catalogue.hint_on("mend"))
    lead = paragraph(catalogue.proposal_lead(effect.by, effect.left))
    title = catalogue.proposal_title()
    if effect.item is None:
        wrong = catalogue.flaw(effect.flaw, shorten(clean_line(effect.said), LONGEST_NAME))
        raw = CodeBlock(clean_text(f"{effect.draft.prompt}\n\n{effect.draft.options}".strip()))
        return view(Tone.INFO, title, (lead, raw, paragraph(wrong)), (mend, *buttons))
    accept = Button(
        decide_action(effect.proposal, accepted=True),
        catalogue.accept(),
        catalogue.hint_on("accept"),
        Style.PRIMARY,
    )
    deck = paragraph(catalogue.proposal_deck(effect.draft.deck)) if effect.draft.deck.strip() else None
    return view(Tone.INFO, title, (lead, *_shown(effect.item), deck), (accept, mend, *buttons))


def _decided(effect: dx.ProposalDecided, catalogue: Catalogue) -> View:
    said = (
        catalogue.accepted_proposal(effect.by, effect.deck)
        if effect.accepted
        else catalogue.declined(effect.by)
    )
    left = paragraph(catalogue.proposals_left(effect.left)) if effect.left else None
    buttons = (Button("d:next", catalogue.next_proposal(), catalogue.hint_on("next")),) if effect.left else ()
    title = catalogue.decided_title(accepted=effect.accepted)
    return view(Tone.GOOD, title, (paragraph(said), left), buttons)


def _answered(effect: dx.ProposalAnswered, catalogue: Catalogue) -> View:
    """Return to whoever proposed a question what became of it."""
    said = catalogue.proposal_answered(effect.deck, accepted=effect.accepted, mended=effect.mended)
    tone = Tone.GOOD if effect.accepted else Tone.INFO
    return view(tone, catalogue.your_proposal_title(), (*blocks_of(effect.prompt), paragraph(said)))


# ----------------------------------------------------------------------------------------------------- files


def _file(effect: dx.FileGiven, catalogue: Catalogue) -> View:
    left = effect.left_out
    lines = Bullets(tuple(_line(shorten(clean_line(one), LONGEST_PROBLEM)) for one in left[:MOST_PROBLEMS]))
    rest = len(left) - MOST_PROBLEMS
    blocks = (
        File(effect.name, effect.data, catalogue.download(effect.name)),
        strong(catalogue.left_out(len(left))) if left else None,
        lines if left else None,
        quiet(catalogue.more_left_out(rest)) if rest > 0 else None,
    )
    return view(Tone.GOOD, catalogue.file_title(), blocks)


def _line(text: str) -> tuple[Block, ...]:
    return (Paragraph((Text(text),)),)
