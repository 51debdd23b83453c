"""Help, the list of decks, and what was not understood."""

from collections.abc import Iterator
from typing import Final

from bot.core.effects import DeckLine, DecksListed, InputRefused
from bot.core.ids import DeckId
from bot.core.own_packs import is_own
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line, shorten
from bot.wording.menu import (
    DAILY_PROBLEMS,
    DECKS_PROBLEMS,
    FLAG_PROBLEMS,
    LIMITS,
    LINK_PROBLEMS,
    ME_PROBLEMS,
    PEOPLE_PROBLEMS,
    ROOT,
    SEASON_PROBLEMS,
    SETTINGS_PROBLEMS,
    TOP_PROBLEMS,
    InputProblem,
    MenuCommand,
    MenuOption,
    menu_in,
)
from bot.wording.pieces import paragraph, view
from bot.wording.views import Block, Bullets, Code, Inline, Paragraph, Table, Text, Tone, View

LONGEST_SAID: Final = 80
_PLAY: Final = "play count:10 seconds:45"
_DAILY: Final = "daily set 9:00 zone:berlin"
_TOP: Final = "top since:month by:accuracy"
_SETTINGS: Final = "settings zone:berlin recap:friday 18:00"
_EXAMPLES: Final = ("play", _PLAY, "play mode:first level:easy", "play mode:relaxed", _DAILY, _TOP, _SETTINGS)

_EXAMPLES_FOR: Final = {
    problem.value: example
    for problems, example in (
        (DAILY_PROBLEMS, _DAILY),
        (TOP_PROBLEMS, _TOP),
        (ME_PROBLEMS, "me hide:on"),
        (FLAG_PROBLEMS, "flag reason:unclear"),
        (LINK_PROBLEMS, "link group"),
        (DECKS_PROBLEMS, "decks list"),
        ({InputProblem.BAD_FORMAT}, "decks export format:gift"),
        (SETTINGS_PROBLEMS, _SETTINGS),
        (PEOPLE_PROBLEMS, "settings organisers:@mods hosts:Ann,Ben"),
        (SEASON_PROBLEMS, "settings season:Spring starts:2027-01-04"),
        ({InputProblem.BAD_REACTIONS}, "settings reactions:last"),
    )
    for problem in problems
}
"""What works where something else did not; for a problem that is not here it is a round."""


def decks_view(effect: DecksListed, catalogue: Catalogue) -> View:
    """Return the decks there are, by pack, each with what to type to play it."""
    if not effect.decks:
        return view(Tone.INFO, catalogue.decks_title(), (paragraph(catalogue.no_decks()),))
    packs = dict.fromkeys(line.pack for line in effect.decks)
    tables = (_decks(pack, [line for line in effect.decks if line.pack == pack], catalogue) for pack in packs)
    return view(Tone.INFO, catalogue.decks_title(), tables)


def _decks(pack: str, lines: list[DeckLine], catalogue: Catalogue) -> Table:
    header = (catalogue.deck_column(), catalogue.questions_column(), catalogue.to_play_column())
    rows = tuple(
        (
            (Text(clean_line(line.title)),),
            (Text(catalogue.number(line.questions)),),
            (_command(f"play deck:{line.id}"),),
        )
        for line in lines
    )
    own = is_own(DeckId(lines[0].id))
    return Table(
        header, rows, ("left", "right", "left"), caption=catalogue.own_decks() if own else clean_line(pack)
    )


def help_view(catalogue: Catalogue) -> View:
    """Return what can be typed: commands, their options, examples."""
    commands = menu_in(catalogue)
    examples = Bullets(tuple((Paragraph((_command(example),)),) for example in _EXAMPLES))
    blocks: tuple[Block | None, ...] = (
        paragraph(catalogue.help_lead()),
        _commands(commands, catalogue),
        *_all_options(commands, catalogue),
        paragraph(catalogue.examples()),
        examples,
    )
    return view(Tone.INFO, catalogue.help_title(), blocks)


def _commands(commands: tuple[MenuCommand, ...], catalogue: Catalogue) -> Table:
    header = (catalogue.command_column(), catalogue.meaning_column())
    rows = tuple(((_command(path),), (Text(description),)) for path, description in _typed(commands))
    return Table(header, rows, ("left", "left"))


def _typed(commands: tuple[MenuCommand, ...]) -> Iterator[tuple[str, str]]:
    """Yield what can be typed after the root, with its description: of a group what is in it."""
    for command in commands:
        if not command.commands:
            yield command.name, command.description
        for inner in command.commands:
            yield f"{command.name} {inner.name}", inner.description


def _all_options(commands: tuple[MenuCommand, ...], catalogue: Catalogue) -> tuple[Table, ...]:
    of = {command.name: command for command in commands}
    decks = {command.name: command for command in of["decks"].commands}
    return (
        _options(of["play"].options, catalogue.play_options(), catalogue),
        _options(of["daily"].commands[0].options, catalogue.daily_options(), catalogue),
        _options(of["top"].options, catalogue.top_options(), catalogue),
        _options(of["me"].options, catalogue.me_options(), catalogue),
        _options(of["flag"].options, catalogue.flag_options(), catalogue),
        _options(of["settings"].options, catalogue.settings_options(), catalogue),
        _options(of["link"].options, catalogue.link_options(), catalogue),
        _options(decks["export"].options, catalogue.export_options(), catalogue),
    )


def _options(options: tuple[MenuOption, ...], caption: str, catalogue: Catalogue) -> Table:
    header = (catalogue.option_column(), catalogue.meaning_column())
    rows = tuple(((Code(_sample(option)),), (Text(option.description),)) for option in options)
    return Table(header, rows, ("left", "left"), caption=caption)


def _sample(option: MenuOption) -> str:
    """Return an option as it is typed: with a value that fits, or with all its values or its limits."""
    if option.sample:
        return f"{option.name}:{option.sample}"
    numbers = [f"{option.least}-{option.most}"] if option.most else []
    values = "|".join([*numbers, *(value.value for value in option.values)])
    return f"{option.name}:{values or '…'}"


def refused_view(effect: InputRefused, catalogue: Catalogue) -> View:
    """Return what was not understood, what was probably meant, and an example that works."""
    least, most = LIMITS.get(effect.reason.removeprefix("bad_"), (0, 0))
    said = shorten(effect.said, LONGEST_SAID)
    offer = (
        catalogue.did_you_mean(effect.nearest)
        if effect.nearest
        else catalogue.for_example(f"{ROOT} {_EXAMPLES_FOR.get(effect.reason, _PLAY)}")
    )
    return view(
        Tone.REFUSED,
        catalogue.input_title(),
        (paragraph(catalogue.input_problem(effect.reason, said, least, most)), Paragraph(offer)),
    )


def _command(text: str) -> Inline:
    return Code(f"{ROOT} {text}")
