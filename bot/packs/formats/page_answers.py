"""Open questions of interview pages: a prompt and a body, made into a question to type and a card.

The bold lead of the body is the short answer and the rest its explanation; bullets that begin in bold are
the points that a good answer covers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.core.cards import CardKind
from bot.core.items import Kind, Point, TextKey
from bot.packs import prose
from bot.packs.formats.page_lines import Gathering, clipped
from bot.packs.formats.page_surroundings import NUMBER
from bot.packs.importing.drafts import DraftCard, DraftQuestion, Fault, Origin, Span

SHORT_CHARACTERS: Final = 80
SHORT_WORDS: Final = 10
MOST_POINTS: Final = 20
NEEDED_SHARE: Final = 0.5
"""A good answer makes this share of the points, and two at least when there are two."""

_LEAD = re.compile(r"(\*\*|__)(?=\S)(.+?)\1")
_BULLET = re.compile(r"([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(\*\*|__)(?=\S)(.+?)\2")
_LABELS: Final = frozenset({"answer", "short answer", "a"})
_LINK = re.compile(r"\[([^\]\[]*)\]\(([^()\s]+)(?:[ \t]+\"[^\"]*\")?\)")
_SAYS_QUIZ = re.compile(r"quiz|practi[cs]e|test yourself", re.IGNORECASE)
_MOST_LINK_WORDS: Final = 8
_PARENTHESES = re.compile(r"([^()]+?)[ ]*\(([^()]+)\)$")
_EITHER = re.compile(r"[ ]+or[ ]+|[ ]*/[ ]*")
_ARTICLE = re.compile(r"(?:an?|the)[ ]+", re.IGNORECASE)
_MARKS = re.compile(r"[*`]|__")


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below a prompt, taken apart."""

    answer: str
    explanation: str
    points: tuple[Point, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A prompt, where it stands, and what the page says about it."""

    prompt: str
    span: Span
    topic: str = ""
    number: str = ""
    hints: tuple[str, ...] = ()


def numbered(title: str) -> tuple[str, str]:
    """Return the number in front of a prompt, such as ``3.`` or ``Q7:``, and the prompt."""
    found = NUMBER.match(title)
    return (found[0].strip(), title[found.end() :].strip()) if found else ("", title.strip())


def add_open_question(ask: Ask, text: str, page: Gathering) -> None:
    """Add the open question *ask* whose answer is *text*, and its card, to *page*."""
    body = taken_apart(text)
    key = _key(body)
    off = () if key else (_report(ask, body, page),)
    page.questions.append(
        DraftQuestion(
            Kind.FREE_TEXT,
            ask.prompt,
            ask.span,
            key=key,
            explanation=body.explanation,
            answer=body.answer,
            hints=ask.hints,
            topic=ask.topic,
            number=ask.number,
            links=body.links,
            off=off,
        )
    )
    back = "\n\n".join(part for part in (body.answer, body.explanation) if part)
    if body.explanation.startswith(("**", "__")) and body.answer in body.explanation:
        back = body.explanation
    if back:
        page.cards.append(
            DraftCard(CardKind.QUESTION, ask.prompt, back, ask.span, origin=Origin.QUESTION, topic=ask.topic)
        )


def _report(ask: Ask, body: Body, page: Gathering) -> str:
    """Report that nothing tells a right answer from a wrong one."""
    at = ask.span.first - 1
    if not body.answer and not body.explanation:
        return page.report(
            Fault.NO_ANSWER,
            at,
            f"“{clipped(ask.prompt)}” has no answer.",
            "Write the answer below it, indented where the page folds it in.",
        )
    return page.report(
        Fault.NO_KEY,
        at,
        f"The answer to “{clipped(ask.prompt)}” has no short form that typing could be compared with.",
        "Begin it with the short answer in **bold**, or begin its bullets with bold terms; "
        "until then it is a card only.",
    )


def taken_apart(text: str) -> Body:
    """Return the short answer, the explanation, the points and the links to quizzes of a body."""
    text, links = _without_links(text.strip("\n").rstrip())
    answer, explanation = _lead(text)
    return Body(answer, explanation, tuple(_points(text)), links)


def _without_links(text: str) -> tuple[str, tuple[str, ...]]:
    """Take a last line that does no more than link to a quiz off *text*."""
    before, _, last = text.rpartition("\n")
    found = _LINK.findall(last) if "](" in last else []
    words = _LINK.sub("", last).split()
    leads = any(_SAYS_QUIZ.search(f"{label} {target}") for label, target in found)
    if not found or len(words) > _MOST_LINK_WORDS or not (leads or _SAYS_QUIZ.search(last)):
        return text, ()
    return before.rstrip(), tuple(target for _, target in found)


def _lead(text: str) -> tuple[str, str]:
    """Return the bold lead of *text* and the rest; "" and all of it when it does not begin in bold."""
    text = text.strip("\n")
    found = _LEAD.match(text.lstrip())
    if found is None:
        return "", text.strip()
    rest = text.lstrip()[found.end() :]
    answer = _plain(found[2])
    if answer.casefold() in _LABELS:
        line, _, further = rest.lstrip(" :\t").partition("\n\n")
        return " ".join(line.split()), further.strip()
    after = rest[:1]
    whole = found[2].rstrip().endswith((".", ":", "!", "?")) or after in {"", *".:;,!?\n"}
    if not whole and not rest.lstrip(" \t").startswith(("-", "–", "—", ":", "(", "\n")):
        return answer, text.strip()  # the bold words begin a sentence that goes on
    return answer, rest.lstrip(" \t.:;,!–—-").strip()


def _plain(text: str) -> str:
    return _MARKS.sub("", text).strip().rstrip(".:;,").strip()


def _points(text: str) -> Iterator[Point]:
    """Yield a point for each bullet that begins in bold, on the level of the first one."""
    if "**" not in text and "__" not in text:
        return
    bare = prose.without_code(text) if "```" in text or "~~~" in text else text
    level = -1
    seen: set[str] = set()
    for line, shown in zip(text.split("\n"), bare.split("\n"), strict=True):
        found = _BULLET.match(line) if shown.strip() else None
        if found is None:
            continue
        indent = len(found[1].expandtabs(4))
        level = indent if level < 0 else level
        say = _plain(found[3])
        if indent == level and say and say.casefold() not in seen and len(seen) < MOST_POINTS:
            seen.add(say.casefold())
            yield Point(say, _variants(say))


def _variants(term: str) -> tuple[str, ...]:
    """Return *term* and the shorter ways in which somebody says it."""
    found = [term]
    pair = _PARENTHESES.fullmatch(term)
    parts = list(pair.groups()) if pair else [term]
    for part in parts:
        found += [part, *_EITHER.split(part)]
    short = [_ARTICLE.sub("", text, count=1).strip() for text in found]
    return tuple(dict.fromkeys(text for text in [*found, *short] if len(text) > 1 or text == term))


def _key(body: Body) -> TextKey | None:
    """Return what a typed answer is compared with; None when there is nothing short enough."""
    answer = body.answer
    short = 0 < len(answer) <= SHORT_CHARACTERS and len(answer.split()) <= SHORT_WORDS
    if not answer and not body.points:
        answer = body.explanation
        short = "\n" not in answer and 0 < len(answer) <= SHORT_CHARACTERS
        short = short and len(answer.split()) <= SHORT_WORDS
        answer = _plain(answer) if short else answer
    if not short and not body.points:
        return None
    need = max(min(2, len(body.points)), ceil(len(body.points) * NEEDED_SHARE))
    return TextKey((answer,) if short else (), body.points, need)
