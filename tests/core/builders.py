"""People, items and rounds in the state that a test needs, reached by real commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.core import rounds
from bot.core.commands import Begin, Join, Person, Posted, RoundCommand, Settings, SubmitAnswer
from bot.core.effects import QuestionOpened
from bot.core.ids import (
    ChannelId,
    DeckId,
    ItemId,
    LearnerId,
    OptionId,
    PackId,
    QuestionId,
    RoundId,
    StemId,
    Topic,
)
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Point,
    Stem,
    TextKey,
)
from bot.core.packs import Deck, Pack
from bot.core.questions import Question, question_id
from bot.core.responses import Picked, Sent, Typed
from bot.core.rounds import Step
from bot.core.states import Participant, Round

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROUND = RoundId("round")
CHANNEL = ChannelId(7)
SECRET = "the reason why"

ANN = Person(LearnerId(1), "Ann", "a1")
BEN = Person(LearnerId(2), "Ben", "b2")
CAT = Person(LearnerId(3), "Cat", "c3")
DAN = Person(LearnerId(4), "Dan", "d4")
EVE = Person(LearnerId(5), "Eve", "e5", organiser=True)

A, B, C, D = (Picked((position,)) for position in range(4))
"""The shown options of :func:`choice`; B is right."""


def moment(seconds: float) -> datetime:
    """Return the time *seconds* after noon."""
    return NOON + timedelta(seconds=seconds)


def qid(position: int) -> QuestionId:
    """Return the id of the question at *position*."""
    return question_id(ROUND, position)


# ------------------------------------------------------------------------------------------ items


def options(letters: str) -> tuple[Option, ...]:
    """Return an option for each letter, each with feedback of its own."""
    return tuple(Option(OptionId(letter), f"option {letter}", f"feedback {letter}") for letter in letters)


def chosen(letters: str) -> tuple[OptionId, ...]:
    """Return the ids of the options with these letters."""
    return tuple(OptionId(letter) for letter in letters)


def item(kind: Kind, key: Key, *, name: str = "item", letters: str = "", topic: str = "1.1") -> Item:
    """Return an item of *kind* whose options are *letters*."""
    return Item(
        id=ItemId(f"pack/{name}"),
        deck=DeckId("pack/deck"),
        kind=kind,
        prompt="Which?",
        key=key,
        topic=Topic(topic),
        options=options(letters),
        explanation=SECRET,
    )


def choice(number: int = 0, topic: str = "1.1") -> Item:
    """Return a single choice among a, b, c and d, of which b is right."""
    key = ChoiceKey(chosen("b"))
    return item(Kind.SINGLE_CHOICE, key, name=f"choice{number}", letters="abcd", topic=topic)


TRUTH = item(Kind.TRUE_FALSE, ChoiceKey(chosen("t")), name="truth", letters="tf")
SEVERAL = item(Kind.MULTIPLE_RESPONSE, ChoiceKey(chosen("ac")), name="several", letters="abcd")
BLANKS = item(
    Kind.FILL_IN, BlanksKey((Blank(("one", "1")), Blank(("Zweitausend",), exact=True))), name="blanks"
)
NUMBER = item(
    Kind.NUMERIC,
    NumberKey(Decimal("12.5"), Decimal("0.5"), unit="ms", units=(("s", Decimal(1000)),)),
    name="number",
)
TEXT = item(
    Kind.FREE_TEXT,
    TextKey(("gradient descent",), (Point("It steps downhill", ("downhill", "descends")),), need=1),
    name="text",
)
ORDER = item(Kind.ORDERING, OrderKey(chosen("abc")), name="order", letters="abc")
PAIRS = Item(
    id=ItemId("pack/pairs"),
    deck=DeckId("pack/deck"),
    kind=Kind.MATCHING,
    prompt="Match.",
    key=MatchKey(tuple((StemId(stem), OptionId(option)) for stem, option in ("xb", "ya", "zb"))),
    topic=Topic("2.1"),
    options=options("abc"),
    stems=tuple(Stem(StemId(stem), f"stem {stem}") for stem in "xyz"),
    explanation=SECRET,
)
EVERY_KIND = (choice(), TRUTH, SEVERAL, BLANKS, NUMBER, TEXT, ORDER, PAIRS)


def question(shown: Item, position: int = 0) -> Question:
    """Return *shown* as a question whose options and stems stand as the author wrote them."""
    return Question(
        qid(position),
        position,
        shown,
        tuple(range(len(shown.options))),
        tuple(range(len(shown.stems))),
    )


def right_answer(shown: Item) -> Sent:
    """Return what is right for *shown* when it is shown as the author wrote it."""
    places = {option.id: place for place, option in enumerate(shown.options)}
    match shown.key:
        case ChoiceKey(right=right):
            return Picked(tuple(places[option] for option in right))
        case OrderKey(order=order):
            return Picked(tuple(places[option] for option in order))
        case MatchKey(pairs=pairs):
            return Picked(tuple(places[option] for _, option in pairs))
        case BlanksKey(blanks=blanks):
            return Typed(tuple(blank.accept[0] for blank in blanks))
        case NumberKey(value=value, unit=unit):
            return Typed((f"{value} {unit}",))
        case TextKey(accept=accept):
            return Typed((accept[0],))


def deck(*items: Item, name: str = "deck") -> Deck:
    """Return a deck of *items* in the pack ``pack``."""
    return Deck(DeckId(f"pack/{name}"), PackId("pack"), name.title(), "", items)


def pack(*decks: Deck, name: str = "pack") -> Pack:
    """Return a pack of *decks*."""
    return Pack(PackId(name), name.title(), "en", "CC0-1.0", "1", "", decks)


# ------------------------------------------------------------------------------------------ rounds


@dataclass(slots=True)
class Game:
    """A round and the way to move it on; times are seconds after noon.

    Unless *posts* is off, a question's message is in the channel the moment it is opened.
    """

    round: Round
    posts: bool = True

    def do(
        self,
        command: RoundCommand,
        by: Person | None = None,
        at: float = 0,
        repeats: Mapping[LearnerId, int] | None = None,
    ) -> Step:
        """Carry out *command* and keep what came of it."""
        done = rounds.step(self.round, command, by=by, now=moment(at), repeats=repeats)
        self.round = done.round
        if self.posts and any(isinstance(effect, QuestionOpened) for effect in done.effects):
            self.do(Posted(self.round.question.id, moment(at)), at=at)
        return done

    def answer(self, by: Person, sent: Sent, at: float, arrives: float | None = None) -> Step:
        """Answer the open question at *at* by the platform's time, which *arrives* then or later."""
        command = SubmitAnswer(self.round.question.id, sent, moment(at))
        return self.do(command, by, at if arrives is None else arrives)

    def person(self, who: Person) -> Participant:
        """Return *who* as the round knows them."""
        return self.round.people[who.learner]


def begin(settings: Settings | None = None, *, items: tuple[Item, ...] = ()) -> Step:
    """Start Ann's round at noon, with three questions unless told otherwise."""
    shown = items or tuple(choice(number) for number in range(3))
    return rounds.start(
        settings or Settings(),
        tuple(question(one, position) for position, one in enumerate(shown)),
        by=ANN,
        round_id=ROUND,
        channel=CHANNEL,
        title="Deck",
        now=NOON,
    )


def in_lobby(*others: Person, settings: Settings | None = None, items: tuple[Item, ...] = ()) -> Game:
    """Return Ann's round in its lobby, which the *others* have joined too."""
    game = Game(begin(settings, items=items).round)
    for person in others:
        game.do(Join(), person)
    return game


def asking(*others: Person, settings: Settings | None = None, items: tuple[Item, ...] = ()) -> Game:
    """Return Ann's round with its first question opened at noon, for 30 s."""
    game = in_lobby(*others, settings=settings, items=items)
    game.do(Begin(), ANN)
    return game
