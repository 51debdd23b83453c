"""The review of items as it is read: what waits, the form, what was decided, and who hears of it."""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.items import ChoiceKey, Item
from bot.core.mending import LONGEST_EXPLANATION, LONGEST_PROMPT, key_in_words
from bot.core.questions import letter
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line, clean_text, shorten
from bot.wording.markup import blocks_of
from bot.wording.pieces import line_of, paragraph, quiet, strong, view
from bot.wording.review_actions import FIRST, decide_action, form_action, show_action
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Choice,
    Choices,
    Field,
    Form,
    Mark,
    Paragraph,
    Quote,
    Style,
    Table,
    Text,
    Tone,
    View,
)

LONGEST_REASON: Final = 200
LONGEST_OFF: Final = 500
LONGEST_ANSWER: Final = 100
LONGEST_ANSWERS: Final = 3900
LONGEST_SAID: Final = 80


def review_view(effect: rx.ReviewReply, catalogue: Catalogue) -> View:
    """Return what one reader alone is told of a review."""
    match effect:
        case rx.ReviewShown():
            return _shown(effect, catalogue)
        case rx.ReviewFormOpened():
            return _form(effect, catalogue)
        case rx.ReviewDecided():
            return _decided(effect, catalogue)
        case rx.ReviewRefused(why=why):
            said = paragraph(catalogue.review_refused(why))
            return view(Tone.REFUSED, catalogue.not_reviewed_title(), (said,))
        case rx.PointsRegraded():
            return _points(effect, catalogue)
        case rx.FlagDecided(verdict=verdict, prompt=prompt):
            blocks = (_asked(prompt), paragraph(catalogue.reviewed(verdict)))
            return view(Tone.INFO, catalogue.your_flag_title(), blocks)
        case _:
            assert_never(effect)


def amended_view(effect: rx.ItemAmended, catalogue: Catalogue) -> View:
    """Return what a channel is told of an item that was asked there."""
    answers = catalogue.amended_answers(effect.verdict, effect.answers, effect.changed)
    right = [shorten(line_of(text), LONGEST_ANSWER) for text in effect.right]
    blocks = (
        _asked(effect.prompt),
        paragraph(catalogue.all_right_now(right)) if right else None,
        paragraph(answers),
        quiet(catalogue.boards_follow()) if effect.changed else None,
    )
    return view(Tone.INFO, catalogue.amended_title(effect.verdict), blocks)


# ------------------------------------------------------------------------------------------------- what waits


def _shown(effect: rx.ReviewShown, catalogue: Catalogue) -> View:
    token, version, hint = effect.token, effect.version, catalogue.review_hint
    keep, kept = (catalogue.ask_it(), "ask") if effect.off else (catalogue.keep(), "keep")
    buttons = [
        Button(decide_action(token, version, Verdict.KEPT), keep, hint(kept), Style.PRIMARY),
        Button(form_action(token, version), catalogue.mend_question(), hint("mend")),
        Button(decide_action(token, version, Verdict.OFF), catalogue.switch_off(), hint("off")),
        Button(decide_action(token, version, Verdict.VOID), catalogue.void(), hint("void"), Style.DANGER),
    ]
    if effect.back:
        buttons.append(Button(show_action(effect.back), catalogue.previous_review(), hint("back")))
    if effect.on:
        buttons.append(Button(show_action(effect.on), catalogue.next_review(), hint("on")))
    title = catalogue.review_title(effect.place, effect.waiting)
    return view(Tone.INFO, title, _facts(effect, catalogue), buttons)


def _facts(effect: rx.ReviewShown, catalogue: Catalogue) -> Iterator[Block | None]:
    yield paragraph(catalogue.came_off(shorten(clean_line(effect.off), LONGEST_OFF))) if effect.off else None
    yield paragraph(catalogue.flagged_by(effect.people)) if effect.people else None
    reasons = [shorten(clean_line(reason), LONGEST_REASON) for reason in effect.reasons]
    yield Bullets(tuple((Paragraph((Text(reason),)),) for reason in reasons)) if reasons else None
    yield paragraph(_suspect(effect, catalogue))
    yield from _question(effect.item, catalogue)
    yield paragraph(catalogue.tried(effect.tried)) if effect.tried else None
    yield _table(effect, catalogue)
    yield quiet(catalogue.decisions())


def _suspect(effect: rx.ReviewShown, catalogue: Catalogue) -> str:
    found = effect.suspicion
    if found is None:
        return ""
    places = {option.id: place for place, option in enumerate(effect.item.options)}
    if found.option in places:
        return catalogue.strong_chose(found.strong, found.chose, letter(places[found.option]))
    return catalogue.strong_missed(found.strong, found.missed)


def _question(item: Item, catalogue: Catalogue) -> Iterator[Block]:
    """Yield an item with what is right, and why."""
    yield from blocks_of(item.prompt)
    if isinstance(item.key, ChoiceKey):
        right = item.key.right
        yield Choices(
            tuple(
                Choice(letter(n), blocks_of(one.text), Mark.RIGHT if one.id in right else Mark.NONE)
                for n, one in enumerate(item.options)
            )
        )
    else:
        yield strong(catalogue.what_is_right())
        lines = [shorten(line_of(text), LONGEST_REASON) for text in key_in_words(item)]
        yield Bullets(tuple((Paragraph((Text(line),)),) for line in lines))
    yield from blocks_of(item.explanation)


def _table(effect: rx.ReviewShown, catalogue: Catalogue) -> Table | None:
    rows = tuple(
        (
            (Text(shorten(line_of(one.text), LONGEST_ANSWER)),),
            (Text(catalogue.number(one.count)),),
            (Text(catalogue.yes() if one.right else ""),),
        )
        for one in effect.answers
    )
    header = (catalogue.answer_column(), catalogue.times_column(), catalogue.right_column())
    return Table(header, rows, ("left", "right", "left")) if rows and effect.tried else None


def _asked(prompt: str) -> Quote:
    return Quote(blocks_of(prompt))


# --------------------------------------------------------------------------------------------------- the form


def _form(effect: rx.ReviewFormOpened, catalogue: Catalogue) -> View:
    """Return the form; what is there already is in it, and above it why what was typed was not taken."""
    prompt, answers, explanation = catalogue.mending_fields()
    typed, title = effect.mending, catalogue.mending_title()
    hint = catalogue.answers_hint(effect.item.kind)
    fields = (
        Field(prompt, longest=LONGEST_PROMPT, lines=True, value=clean_text(typed.prompt)),
        Field(answers, hint, longest=LONGEST_ANSWERS, lines=True, value=clean_text(typed.answers)),
        Field(
            explanation,
            longest=LONGEST_EXPLANATION,
            lines=True,
            optional=True,
            value=clean_text(typed.explanation),
        ),
    )
    action = form_action(effect.token, effect.version)
    form = Form(action, fields, catalogue.mending_label(), title, practice=True)
    if effect.slip is None:
        return view(Tone.INFO, title, (paragraph(catalogue.mending_lead()),), (form,))
    wrong = catalogue.slip(effect.slip, shorten(clean_line(effect.said), LONGEST_SAID))
    return view(Tone.REFUSED, catalogue.not_mended_title(), (paragraph(wrong),), (form,))


# ------------------------------------------------------------------------------------------ what was decided


def _decided(effect: rx.ReviewDecided, catalogue: Catalogue) -> View:
    blocks = (
        _asked(effect.prompt),
        paragraph(catalogue.reviewed(effect.verdict)),
        paragraph(catalogue.looked_again(effect.answers, effect.changed)) if effect.regraded else None,
        quiet(catalogue.open_rounds_follow()) if effect.regraded else None,
        paragraph(catalogue.reviews_left(effect.left)) if effect.left else None,
    )
    following = Button(FIRST, catalogue.next_review(), catalogue.review_hint("on"))
    buttons = (following,) if effect.left else ()
    return view(Tone.GOOD, catalogue.reviewed_title(), blocks, buttons)


def _points(effect: rx.PointsRegraded, catalogue: Catalogue) -> View:
    said = catalogue.your_points(effect.verdict, effect.points)
    thanks = paragraph(catalogue.you_flagged_it()) if effect.flagged else None
    tone = Tone.GOOD if effect.points > 0 else Tone.INFO
    return view(tone, catalogue.your_points_title(), (_asked(effect.prompt), paragraph(said), thanks))
