"""What an exchange format has to keep: every item that it does not name as left out comes back."""

from collections.abc import Callable

from bot.core.items import BlanksKey, ChoiceKey, Item, MatchKey, NumberKey, OrderKey, TextKey
from bot.core.packs import Pack
from bot.packs.formats.exported import Exported
from bot.packs.formats.losses import own_id, whole_prompt
from bot.packs.importing.drafts import DraftQuestion, Harvest, unaccounted
from bot.packs.importing.sources import SourceFile

Read = Callable[[SourceFile], Harvest]


def gathered(read: Read, data: bytes, name: str = "a.txt", *, lines: bool = True) -> Harvest:
    """Return what *read* makes of *data*; every unit of it is accounted for."""
    source = SourceFile(name, data)
    harvest = read(source)
    rows = source.lines if lines else ()
    blank = frozenset(number for number, line in enumerate(rows, 1) if not line.strip())
    assert lines is False or unaccounted(harvest, blank) == ()
    return harvest


def comes_back(pack: Pack, exported: Exported, read: Read, *, named: bool = True, lines: bool = True) -> None:
    """Assert that each item of *pack* that is in *exported* is read back as it was, as far as drafts tell."""
    gone = {one.id for one in exported.left_out if one.what == "the question"}
    losses = {(one.id, one.what) for one in exported.left_out}
    wanted = [item for deck in pack.decks for item in deck.items if item.id not in gone]
    harvests = [gathered(read, data, name, lines=lines) for name, data in exported.files.items()]
    found = [draft for harvest in harvests for draft in harvest.questions]
    assert len(found) == len(wanted)
    for item, draft in zip(wanted, found, strict=True):
        whole = f"{draft.scenario}\n\n{draft.prompt}" if draft.scenario else draft.prompt
        assert whole == whole_prompt(item)
        assert draft.kind == item.kind or (item.id, "that several options may be right") in losses
        assert not named or draft.id == own_id(item.id)
        assert told(draft) == meant(item)


def meant(item: Item) -> object:
    """Return what is right in *item*, in texts."""
    texts = {option.id: option.text for option in item.options}
    match item.key:
        case ChoiceKey(right):
            return [(option.text, option.id in right) for option in item.options]
        case OrderKey(order):
            return [texts[one] for one in order]
        case MatchKey(pairs):
            chosen = dict(pairs)
            return {stem.text: texts[chosen[stem.id]] for stem in item.stems}, set(texts.values())
        case NumberKey(value, tolerance, percent):
            return value, abs(value) * tolerance / 100 if percent else tolerance
        case BlanksKey(blanks):
            return [blank.accept for blank in blanks]
        case TextKey(accept):
            return accept


def told(draft: DraftQuestion) -> object:
    """Return what is right in *draft*, in texts."""
    if draft.pairs:
        return dict(draft.pairs), {option.text for option in draft.options}
    match draft.key:
        case NumberKey(value, tolerance, percent):
            return value, abs(value) * tolerance / 100 if percent else tolerance
        case BlanksKey(blanks):
            return [blank.accept for blank in blanks]
        case TextKey(accept):
            return accept
        case _ if not draft.options:
            return ()
        case _ if draft.kind == "ordering":
            return [option.text for option in draft.options]
        case _:
            return [(option.text, option.right) for option in draft.options]
