"""Flag lines: what is typed after ``/quiz flag`` is the reason, to the end of the line."""

import re
from typing import Final

from bot.core.commands import Flag, NotUnderstood
from bot.engine.flagging import LONGEST_REASON, tidied
from bot.engine.typed_lines import not_understood, rest_of
from bot.wording.menu import ROOT, InputProblem

_KEY: Final = re.compile(r"(reason)\s*[:=]\s*", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"([^\"]*)\"|“([^“”]*)”|'([^']*)'", re.DOTALL)


def read_flag(text: str) -> Flag | NotUnderstood | None:
    """Return what the line *text* asks for, None when it is no flag; its reason is kept whole or refused."""
    rest = rest_of(text, "flag")
    if rest is None:
        return None
    key = _KEY.match(rest)
    reason = _bare(tidied(rest[key.end() :] if key else rest))
    if key and not reason:
        return not_understood(InputProblem.VALUE_MISSING, key[1], f"{ROOT} flag")
    if len(reason) > LONGEST_REASON:
        return not_understood(InputProblem.BAD_REASON, reason)
    return Flag(reason=reason)


def _bare(reason: str) -> str:
    """Return *reason* without the quotation marks around all of it."""
    quoted = _QUOTED.fullmatch(reason)
    return reason if quoted is None else "".join(quoted.groups("")).strip()
