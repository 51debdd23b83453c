"""Stored forms: core values as JSON text with a version, and back.

Every text starts with ``{"v":1,``. A later program reads every earlier version; an unknown one is an error
and never a guess. A round's questions and people have rows of their own and are left out of its text.
"""

from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from typing import Any, Final, Generic, TypeVar, get_args

from pydantic import TypeAdapter

from bot.core import effects as fx
from bot.core.deck_commands import Draft
from bot.core.deck_effects import UploadReport
from bot.core.errors import StoreError
from bot.core.groups import GroupSettings
from bot.core.items import Item
from bot.core.own_packs import OwnPack
from bot.core.questions import Question
from bot.core.schedules import Schedule
from bot.core.states import Attempt, Participant, Round
from bot.core.suspicions import Suspicion

HEAD: Final = '{"v":1,'
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)
T = TypeVar("T")


def to_ms(moment: datetime) -> int:
    """Return *moment* as epoch milliseconds, rounded down."""
    return (moment - EPOCH) // MILLISECOND


def to_ms_after(moment: datetime) -> int:
    """Return *moment* as epoch milliseconds, rounded up: for deadlines, which must not fire too early."""
    return -((EPOCH - moment) // MILLISECOND)


def from_ms(milliseconds: int) -> datetime:
    """Return the aware UTC moment of epoch *milliseconds*."""
    return EPOCH + timedelta(milliseconds=milliseconds)


class Form(Generic[T]):
    """How one type is written down. Its schema is built at first use, which keeps the start quick."""

    def __init__(
        self,
        type_: type[T],
        *,
        without: frozenset[str] = frozenset(),
        sparse: bool = False,
        remembered: int = 0,
    ) -> None:
        """Leave the fields *without* out, and when *sparse* those at their default.

        Sparse rows are half as long, and so is what a commit of many of them has to flush. A default of a
        sparse type is part of its stored form. The newest *remembered* texts are not taken apart again.
        """
        self._type = type_
        self._sparse = sparse
        self._without = set(without) or None
        self._remembered = remembered
        self._memory: OrderedDict[str, T] = OrderedDict()

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._type)

    def encode(self, value: T) -> str:
        """Return *value* as text with the version in front."""
        data = self._adapter.serializer.to_json(value, exclude=self._without, exclude_defaults=self._sparse)
        text = f'{HEAD}"d":{data.decode()}}}'
        if self._remembered:
            self._remember(text, value)
        return text

    def decode(self, text: str) -> T:
        """Return the value in *text*; a StoreError when its version is not known."""
        value = self._memory.get(text)
        return self._adapter.validate_json(_data(text, '"d":')) if value is None else value

    def _remember(self, text: str, value: T) -> None:
        """Keep *value*, which is frozen, beside its *text*: the two never part."""
        memory = self._memory
        memory[text] = value
        if len(memory) > self._remembered:
            memory.popitem(last=False)


def encode_effect(effect: fx.Effect) -> str:
    """Return *effect* as text, with the name of its class."""
    name = type(effect).__name__
    return f'{HEAD}"t":"{name}","d":{_effect_adapter(name).dump_json(effect).decode()}}}'


def decode_effect(text: str) -> fx.Effect:
    """Return the effect in *text*; a StoreError when its version or its class is not known."""
    tagged = _data(text, '"t":"')
    name, _, rest = tagged.partition(b'","d":')
    effect: fx.Effect = _effect_adapter(name.decode()).validate_json(rest)
    return effect


@cache
def _effect_adapter(name: str) -> TypeAdapter[Any]:
    classes = {class_.__name__: class_ for class_ in get_args(fx.Effect)}
    if name not in classes:
        message = f"A stored effect is called {name[:40]!r}, which this version of Study Hall does not know."
        raise StoreError(message)
    return TypeAdapter(classes[name])


def _data(text: str, label: str) -> bytes:
    """Return what follows *label*, without the closing brace."""
    if not text.startswith(HEAD + label):
        message = f"A stored row begins {text[:24]!r}, a form that this version of Study Hall does not read."
        raise StoreError(message)
    return text[len(HEAD) + len(label) : -1].encode()


ROUND: Final = Form(Round, without=frozenset({"questions", "people"}))
QUESTION: Final = Form(Question)
PARTICIPANT: Final = Form(Participant, sparse=True, remembered=8_192)
ATTEMPT: Final = Form(Attempt)
SCHEDULE: Final = Form(Schedule)
SETTINGS: Final = Form(GroupSettings, sparse=True)
ITEM: Final = Form(Item, sparse=True)
SUSPICION: Final = Form(Suspicion)
OWN_PACK: Final = Form(OwnPack, sparse=True)
UPLOAD_REPORT: Final = Form(UploadReport, sparse=True)
DRAFT: Final = Form(Draft, sparse=True)


@lru_cache(maxsize=4_096)
def settings_of(text: str) -> GroupSettings:
    """Return the settings that *text* holds, of a group that has chosen nothing when it is ""."""
    return SETTINGS.decode(text) if text else GroupSettings()


def with_questions(round_: Round, questions: tuple[Question, ...]) -> Round:
    """Return *round_* as it was read, with its questions, which have rows of their own."""
    return replace(round_, questions=questions)
