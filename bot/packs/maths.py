"""Formulas that authors write: which of them cannot be drawn, and what to write instead."""

from typing import Final

from bot.packs import prose
from bot.packs.fields import Field, clipped
from bot.packs.problems import Code
from bot.wording.formulas import DEEPEST, LONGEST, Fault, flaw
from bot.wording.maths import formulas_in

_SAID: Final = {
    Fault.EMPTY: ("has nothing in it", "Fill it, or write `\\$` for a dollar."),
    Fault.LONG: (f"has more than {LONGEST} characters", "Split it into two, each with words between."),
    Fault.DEEP: (
        f"is nested more than {DEEPEST} deep",
        "Name a part of it, and write what the name stands for in a second formula.",
    ),
    Fault.BRACES: ("opens or closes `{what}` and not the other way", "Give each brace its other one."),
    Fault.COMMAND: ("uses `{what}`, which is not known here", "Write it with the usual commands of maths."),
    Fault.CHARACTER: (
        "holds `{what}`, which cannot be drawn in one",
        "Put a backslash before `%`, `#` and `$`, and words outside of the formula.",
    ),
    Fault.SCRIPT: ("has a `{what}` with nothing behind it", "Write what stands there, in braces."),
}


def warn_of_formulas(field: Field) -> None:
    """Warn of each formula whose source is shown, since it cannot be drawn."""
    if "$" not in field.node.text and "\\" not in field.node.text:
        return
    for offset, found in formulas_in(prose.without_code(field.node.text)):
        wrong = flaw(found.tex)
        if wrong is not None:
            said, mend = _SAID[wrong.fault]
            field.spot.report(
                Code.FORMULA,
                field.node.line_at(offset),
                f"The formula `{clipped(found.tex)}` {said.format(what=wrong.what)}.",
                mend,
            )
