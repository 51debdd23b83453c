"""Draft cards, notes and labs as a pack can hold them; what cannot be held is reported, never cut."""

import re
from collections.abc import Iterable
from typing import Final

from bot.core.cards import Card, CardKind
from bot.core.ids import CardId, DeckId, LabId, NoteId, PackId, StepId, Topic
from bot.core.items import Blank, BlanksKey
from bot.core.labs import Lab, Step, Trouble
from bot.core.notes import Checkpoint, Note
from bot.packs.fields import LONGEST
from bot.packs.importing.cleaning import cleaned, distinct, line, slug
from bot.packs.importing.drafts import DraftCard, DraftLab, DraftNote, Fault, Problem, Span
from bot.packs.importing.questions import good_sources
from bot.packs.importing.typed_answers import blanks_of, three_wide
from bot.packs.scalars import is_id
from bot.packs.sections import parts_of, sections_of

_MOST_STEPS: Final = 50
_MOST_LINES: Final = 50
_FIRST_SENTENCE = re.compile(r"(?s)(.{10,300}?[.!?])(?:\s|$)")


def fit_card(draft: DraftCard, topic: Topic) -> tuple[Card | None, list[Problem]]:
    """Return *draft* as a card without ids, or None, with what is to be looked at."""
    front, back = cleaned(draft.front), cleaned(draft.back)
    kind = draft.kind
    blanks: tuple[Blank, ...] = ()
    problems: list[Problem] = []
    if kind is CardKind.CLOZE:
        wide = three_wide(front)
        if (key := blanks_of(BlanksKey(draft.blanks), wide)) is not None:
            front, blanks = wide, key.blanks
        else:
            kind = CardKind.QUESTION
            back = back or line("; ".join(blank.accept[0] for blank in draft.blanks if blank.accept))
            problems.append(
                _problem(
                    draft.span,
                    Fault.BAD_KEY,
                    "The gaps of the card and its answers differ in number, so it became a question card.",
                    "Write one answer for each `___`.",
                )
            )
    card = Card(
        id=CardId(""),
        deck=DeckId(""),
        kind=kind,
        front=front,
        back=back,
        topic=topic,
        blanks=blanks,
        sources=good_sources(draft.sources),
        off=line("; ".join(draft.off)),
    )
    return _whole_card(card, draft.span, problems)


def _whole_card(card: Card, span: Span, problems: list[Problem]) -> tuple[Card | None, list[Problem]]:
    """Return *card* unless one of its sides is empty or too long."""
    if not card.front or not (card.back or card.blanks):
        missing = Fault.NO_ANSWER if card.front else Fault.NO_PROMPT
        problems.append(_problem(span, missing, "A side of the card is empty.", "Write both sides."))
        return None, problems
    return (card if _fits((card.front, card.back, card.off), span, problems) else None), problems


def fit_note(draft: DraftNote, topic: Topic) -> tuple[Note | None, list[Problem]]:
    """Return *draft* as a note without ids, or None, with what is to be looked at."""
    problems: list[Problem] = []
    parts = ((line(one.heading), cleaned(one.body)) for one in draft.sections)
    text = "\n\n".join(f"## {heading}\n\n{body}" if heading else body for heading, body in parts)
    sections = tuple(placed.section for placed in sections_of(text))
    title = line(draft.title) or (sections[0].heading if sections else "")
    if not title or not sections:
        problems.append(_problem(draft.span, Fault.NO_PROMPT, "The note is empty.", "Write its text."))
        return None, problems
    named = parts_of(sections)
    note = Note(
        id=NoteId(""),
        pack=PackId(""),
        title=title,
        topic=topic,
        summary=line(draft.syllabus) or _first_sentence(body for body in (s.body for s in sections)) or title,
        sections=sections,
        objectives=named.objectives,
        terms=named.terms,
        checkpoints=named.checkpoints,
        sources=good_sources(draft.sources),
    )
    texts = (title, note.summary, *(one.body for one in sections))
    return (note if _fits(texts, draft.span, problems) else None), problems


def fit_lab(draft: DraftLab, topic: Topic) -> tuple[Lab | None, list[Problem]]:
    """Return *draft* as a lab without ids, or None, with what is to be looked at."""
    problems: list[Problem] = []
    steps = _steps(draft.steps)
    title = line(draft.title) or line(draft.goal)
    if not title or not steps or len(steps) > _MOST_STEPS:
        said = f"The lab has {len(steps)} steps; a lab has a title and 1 to {_MOST_STEPS} steps."
        problems.append(_problem(draft.span, Fault.NOT_SUPPORTED, said, "Write its steps, or split it."))
        return None, problems
    troubles = ((cleaned(one.problem), cleaned(one.fix)) for one in draft.troubles)
    lab = Lab(
        id=LabId(""),
        pack=PackId(""),
        title=title,
        topic=topic,
        goal=cleaned(draft.goal) or line(draft.syllabus) or title,
        steps=steps,
        prerequisites=_lines(draft.prerequisites),
        troubles=tuple(
            Trouble(problem or fix, fix or problem) for problem, fix in troubles if problem or fix
        ),
        clean_up=_lines(draft.clean_up),
        sources=good_sources(draft.sources),
    )
    if max(map(len, (lab.prerequisites, lab.troubles, lab.clean_up))) > _MOST_LINES:
        said = f"A list of the lab has over {_MOST_LINES} entries."
        problems.append(_problem(draft.span, Fault.TOO_LONG, said, "Split the lab in two."))
        return None, problems
    return (lab if _fits(_texts_of(lab), draft.span, problems) else None), problems


def _steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps that say what to do, each with an id of its own."""
    taken: set[str] = set()
    kept = []
    for step in steps:
        do, title = cleaned(step.do), line(step.title)
        if do or title:
            own = step.id if is_id(step.id) else slug(title or do) or "step"
            kept.append(
                Step(
                    StepId(distinct(own, taken)),
                    title or line(do.split("\n", 1)[0]),
                    do or title,
                    cleaned(step.expect),
                    _checkpoint(step.checkpoint),
                )
            )
    return tuple(kept)


def _checkpoint(found: Checkpoint | None) -> Checkpoint | None:
    if found is None:
        return None
    ask, answer = cleaned(found.ask), cleaned(found.answer)
    return Checkpoint(ask, answer) if ask and answer else None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(cleaned, texts) if text)


def _texts_of(lab: Lab) -> tuple[str, ...]:
    steps = (text for step in lab.steps for text in (step.title, step.do, step.expect))
    troubles = (text for one in lab.troubles for text in (one.problem, one.fix))
    asked = (
        text
        for step in lab.steps
        if step.checkpoint is not None
        for text in (step.checkpoint.ask, step.checkpoint.answer)
    )
    return (lab.title, lab.goal, *lab.prerequisites, *lab.clean_up, *steps, *troubles, *asked)


def _first_sentence(bodies: Iterable[str]) -> str:
    """Return the first sentence of prose among *bodies*, "" when lists and tables are all there is."""
    for body in bodies:
        if body[:1].isalpha() and (found := _FIRST_SENTENCE.match(body)):
            return line(found[1])
    return ""


def _fits(texts: Iterable[str], span: Span, problems: list[Problem]) -> bool:
    """Tell whether none of *texts* is over the limit; report it when one is."""
    longest = max(map(len, texts))
    if longest > LONGEST:
        said = f"A text of {longest} characters is over the limit of {LONGEST}."
        problems.append(_problem(span, Fault.TOO_LONG, said, "Split it in several, and import again."))
    return longest <= LONGEST


def _problem(span: Span, fault: Fault, message: str, mend: str) -> Problem:
    return Problem(fault, span.first, message, mend)
