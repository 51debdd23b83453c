"""Maths: what was copied twice is written once, prices are no formulas, and the rest is for a person."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.packs.importing.drafts import Fault, Harvest, Problem, Repair
from bot.packs.repairs.passages import (
    drafts,
    has_any,
    named,
    outside_code,
    rewritten,
    whole,
    with_problems,
    without_code,
)
from bot.wording.maths import formulas_in

_TEX: Final = ("\\",)
_DOLLAR: Final = ("$",)
_COMMAND: Final = re.compile(r"\\[A-Za-z]{2,}")
_BARE: Final = re.compile(
    r"\\(?:[dt]?frac|sqrt|text|math(?:bf|rm|bb|cal|it)|hat|bar|operatorname|overline)\{|\\(?:sum|prod)_"
)
_PRICE: Final = re.compile(r"(?<![\\$])\$(?=\d[\d,.]*(?!\S*\$))")
_UNESCAPED: Final = re.compile(r"(?<!\\)\$")
_SPACES: Final = frozenset(" \t\u200b\u2061\u2062\u2063\xa0")
_UNPRINTED: Final = _SPACES | frozenset("^_{}")
_SIGN: Final = {
    "times": "×",
    "cdot": "⋅",
    "div": "÷",
    "pm": "±",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "approx": "≈",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "infty": "∞",
    "to": "→",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ϵ",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "ϕ",
    "omega": "ω",
    "Delta": "Δ",
    "Sigma": "Σ",
    "Omega": "Ω",
    "partial": "∂",
    "nabla": "∇",
    "in": "∈",
    "sqrt": "",
    "log": "log",
    "ln": "ln",
    "exp": "exp",
    "max": "max",
    "min": "min",
    "sin": "sin",
    "cos": "cos",
}
_BETWEEN: Final = frozenset(
    ["times", "cdot", "div", "pm", "le", "leq", "ge", "geq", "ne", "neq", "approx", "to", "in"]
)
_FARTHEST: Final = 120
_SHORTEST: Final = 2
_PROSE: Final = re.compile(r"[a-z]{25,}|(?:[A-Za-z]{3,} ){4,}")


def mathematical(harvest: Harvest) -> Harvest:
    """Return *harvest* with doubled maths once and prices escaped, and what else is wrong reported."""
    count = 0

    def once(text: str) -> str:
        """Return a text with the TeX of what stands there twice."""
        nonlocal count
        found, more = _once(text) if "\\" in text else (text, 0)
        count += more
        return found

    def escaped(text: str) -> str:
        """Return a text whose prices cannot be taken for formulas."""
        if text.count("$") < _SHORTEST:
            return text
        return _escaped(text)

    harvest = rewritten(harvest, _TEX, lambda text: outside_code(text, once))
    before = drafts(harvest)
    harvest = rewritten(harvest, _DOLLAR, lambda text: outside_code(text, escaped))
    priced = [old != new for old, new in zip(before, drafts(harvest), strict=True)]
    if count:
        counts = harvest.repaired.copy()
        counts[Repair.DOUBLED_MATHS] += count
        harvest = replace(harvest, repaired=counts)
    return _reported(harvest, priced)


def _reported(harvest: Harvest, priced: Sequence[bool]) -> Harvest:
    """Return *harvest* with the problems of maths that no rule can mend, and of drafts that are *priced*."""
    if not has_any(harvest.said, (*_TEX, *_DOLLAR)):
        return harvest
    found = []
    for draft, has_prices in zip(drafts(harvest), priced, strict=True):
        text = whole(draft)
        if not has_any(text, (*_TEX, *_DOLLAR)):
            continue
        line, name = draft.span.first, named(draft)
        if _garbled(without_code(text)):
            message = f"Maths in “{name}” is mixed up with words, or stands outside of dollars."
            mend = "Write the formula in TeX between dollars, and the words outside of it."
            found.append(Problem(Fault.GARBLED_MATHS, line, message, mend))
        if has_prices:
            message = f"Dollar signs in “{name}” could be taken for maths, so those of prices are escaped."
            found.append(Problem(Fault.DOLLAR_SIGNS, line, message, "Check that each is a price."))
    return with_problems(harvest, found)


def _escaped(text: str) -> str:
    """Return *text* with the dollar of each price escaped that could open or close a formula."""
    ends = [(start, formula.end) for start, formula in formulas_in(text)]
    prices = [
        match.start()
        for match in _PRICE.finditer(text)
        if not any(start <= match.start() < end for start, end in ends)
    ]
    # A single price beside whole formulas, or alone, can be taken for nothing else.
    loose = [
        match.start()
        for match in _UNESCAPED.finditer(text)
        if not any(start <= match.start() < end for start, end in ends)
    ]
    if len(loose) < _SHORTEST:
        return text
    for place in reversed(prices):
        text = f"{text[:place]}\\{text[place:]}"
    return text


def _garbled(text: str) -> bool:
    """Return whether TeX stands outside of formulas in *text*, or prose inside of one."""
    rest, at = "", 0
    for start, formula in formulas_in(text):
        inside = re.sub(r"\\[A-Za-z]+", " ", re.sub(r"\\text\{[^{}]*\}", " ", formula.tex))
        if _PROSE.search(inside):
            return True
        rest += text[at:start] + " "
        at = formula.end
    return _BARE.search(rest + text[at:]) is not None


def _once(text: str) -> tuple[str, int]:
    """Return *text* with each plain double of TeX taken off, and how many there were."""
    done, count = "", 0
    spans = [(start, formula.end) for start, formula in formulas_in(text)]
    at = 0
    while (command := _COMMAND.search(text, at)) is not None:
        begin = command.start()
        inside = next((end for start, end in spans if start <= begin < end), 0)
        end = inside or _end(text, begin)
        start = None if inside else _doubled(text, at, begin, end)
        if start is None:
            done += text[at:end]
        else:
            first, tex = start
            done += f"{text[at:first]}${text[tex:end].strip()}$"
            count += 1
        at = end
    return done + text[at:], count


def _end(text: str, at: int) -> int:
    """Return where the TeX that begins at *at* ends: with its last command or group, and what is joined."""
    deep = 0
    end = at
    while end < len(text) and text[end] != "\n":
        if text[end] == "\\" and (command := _COMMAND.match(text, end)):
            end = command.end()
            # A sign between two terms has its second term behind a space.
            end += command[0][1:] in _BETWEEN and text[end : end + 1] == " "
            continue
        deep += (text[end] == "{") - (text[end] == "}")
        if deep < 0 or (not deep and not _joined(text, end)):
            break
        end += 1
    while text[end - 1] in " .,;:":
        end -= 1
    return end


def _joined(text: str, at: int) -> bool:
    """Return whether the character at *at*, outside of braces, still belongs to the TeX before it."""
    if text[at] == " ":
        return text[at + 1 : at + 2] in {"\\", "+", "-", "=", "<", ">", "*", "/"} or text[at - 1] in "+-=<>*/"
    return text[at] in "{}^_+-*/=()[]|<>.,!" or text[at].isalnum()


def _doubled(text: str, lowest: int, begin: int, end: int) -> tuple[int, int] | None:
    """Return where the plain double begins and where its TeX does, None when there is none."""
    tail = _printed(text[begin:end])
    lowest = max(lowest, begin - 4 * _FARTHEST, text.rfind("\n", 0, begin) + 1)
    places = [place for place in range(lowest, begin) if text[place] not in _UNPRINTED]
    before = "".join(text[place] for place in places)
    # The TeX may begin before its first command ("R = \frac…"); the longest that stands there twice is meant.
    for length in range(min(len(before) // 2, _FARTHEST), -1, -1):
        head = before[len(before) - length :]
        double = head + tail
        if before.endswith(double + head) and (len(double) >= _SHORTEST or not double.isascii()) and tail:
            first = places[len(before) - length - len(double)]
            return first, places[len(before) - length] if length else begin
    return None


def _printed(tex: str) -> str:
    """Return the characters that *tex* prints, without spaces."""
    text = _COMMAND.sub(lambda match: _SIGN.get(match[0][1:], ""), tex)
    return "".join(one for one in text if one not in _UNPRINTED and one != "\\")
