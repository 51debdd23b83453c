"""How a text is taken apart into words before it is compared.

What never tells two answers apart is levelled here: Unicode's several ways to write one character, case,
accents on Latin letters, curly quotes, brackets, the full stop at the end, a hyphen in place of a space.
What may tell them apart stays: digits, signs, and every character of an identifier such as ``kms:Encrypt``
or ``*.csv``.
"""

import re
import unicodedata
from dataclasses import dataclass

NEGATIONS = frozenset({
    "not", "no", "never", "nor", "none", "nothing", "neither", "without", "non", "cannot", "hardly",
    "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt", "shouldnt",
    "couldnt", "hasnt", "havent",
})  # fmt: skip
"""Words that turn what follows them into its opposite, with the spellings that lack an apostrophe."""

_NUMBER_WORDS = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
    "billion", "trillion", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth",
    "eightieth", "ninetieth", "hundredth", "thousandth",
})  # fmt: skip

_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹⁺⁻ⁿ]+")
_PLAIN = str.maketrans({
    **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("®™", ""),
})  # fmt: skip
_INVISIBLE = frozenset({"Cc", "Cf"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_LATIN_MARKS = range(0x0300, 0x0370)

_CONTRACTIONS = (
    (re.compile(r"\b(?:cannot|can't)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"(?<=[a-z])n't\b", re.IGNORECASE), " not"),
)
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?!\d|,\d)")
_PAUSES = re.compile(r"(?<!\d),|,(?!\d)|[;—―]")
_BRACKETS = re.compile(r'[()\[\]{}"]+')
_SPACED_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}) - (?=[^\W\d_]{2})")
_STOPS = re.compile(r"(?:[.:?,']|(?<!\d)!)+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_CAPITALS = re.compile(r"[A-Z]{2,}")
_CAPITALS_PLURAL = re.compile(r"[A-Z]{2,}s")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VOWEL = re.compile("[aeiouy]")
_ISE = re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|able|ation|ations)$)")
_ES = re.compile(r"(?<=ss|sh|ch)es$|(?<=x)es$")
_TOO_SHORT = 2
_LEAST_IES = 6
"""Shorter words, ties and dies, have ie in the singular."""

_SINGULAR = re.compile(r"(?:ss|us|(?<=\w{3})is)$|^.{1,3}$")
"""No plural: class, bus, analysis, gas; but apis are."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an answer or of a key.

    *text* is the word in small letters without accents; *stem* has also lost its plural and is empty when
    only *text* counts. A *rigid* word admits no mistake. A *filler* (an article, an inner *and*) may be
    missing on either side. A *linked* word hangs on the one before by a hyphen; before a *pause* stands a
    comma or the like.
    """

    text: str
    stem: str
    rigid: bool = False
    filler: bool = False
    linked: bool = False
    pause: bool = False


Words = tuple[Word, ...]


def compose(text: str) -> str:
    """Return *text* with one spelling for each character: NFKC, plain quotes and hyphens, single spaces.

    Superscripts become ``^2``, which NFKC alone would turn into a digit of the number before. Characters that
    nobody sees are dropped. Nothing else changes, case included.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.replace("`", "'").split())
    marked = _SUPERSCRIPTS.sub(lambda run: "^" + run[0], text)
    plain = unicodedata.normalize("NFKC", marked.translate(_PLAIN)).translate(_PLAIN)
    return " ".join("".join(c for c in plain if c.isspace() or not _unseen(c)).split())


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or ord(character) in _VARIATION_SELECTORS


def without_accents(text: str) -> str:
    """Return *text* without the accents on Latin letters; in other scripts a mark makes another letter."""
    if text.isascii():
        return text
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", text):
        if ord(character) not in _LATIN_MARKS:
            base = character
        elif base.isascii() and base.isalpha():
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def words(text: str, *, typed: bool = False) -> Words:
    """Take *text* apart; *typed* when a learner typed it, so that its capitals say little.

    Punctuation alone, an answer about operators say, is one rigid word; an empty text has no words.
    """
    composed = compose(text)
    chunks = _chunks(_spaced(composed))
    if not chunks and composed:
        return (Word(composed.casefold(), "", rigid=True),)
    last = len(chunks) - 1
    found: list[Word] = []
    for index, (chunk, pause) in enumerate(chunks):
        if _is_filler(chunk, first=index == 0, last=index == last, typed=typed):
            small = chunk.casefold()
            found.append(Word(small, small, rigid=True, filler=True, pause=pause))
        else:
            found.extend(_chunk_words(chunk, pause=pause, typed=typed))
    return tuple(found)


def joined(parts: Words) -> Word:
    """Return *parts* written together; rigid when one of them is, or is too short to be told from a slip."""
    text = solid(parts)
    rigid = any(part.rigid or len(part.text) <= _TOO_SHORT for part in parts)
    return Word(text, text if rigid else _stem(text), rigid=rigid)


def solid(parts: Words) -> str:
    """Return the letters of *parts* without spaces; between two digits the space stays, for it counts."""
    text = ""
    for part in parts:
        apart = text[-1:].isdigit() and part.text[:1].isdigit()
        text += " " + part.text if apart else part.text
    return text


def content(parts: Words) -> Words:
    """Return *parts* without the fillers."""
    return tuple(part for part in parts if not part.filler)


def _spaced(text: str) -> str:
    """Open *text* up so that it can be split at spaces, with ``;`` standing for every pause."""
    for pattern, full in _CONTRACTIONS:
        text = pattern.sub(full, text)
    text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    text = _BRACKETS.sub(" ", _PAUSES.sub(" ; ", text))
    return _SPACED_HYPHEN.sub("-", " ".join(text.split()))


def _chunks(text: str) -> list[tuple[str, bool]]:
    """Return what stands between spaces, each with whether a pause stands before it."""
    found: list[tuple[str, bool]] = []
    pause = False
    for rough in text.split():
        chunk = _without_stops(rough.lstrip("'¿¡"))
        bullet = chunk == "-" and not found
        if chunk and chunk != ";" and not bullet:
            found.append(("and" if chunk == "&" else chunk, pause))
            pause = False
        pause = pause or rough == ";" or rough[-1] in ".:?!"
    return found


def _without_stops(chunk: str) -> str:
    """Drop the punctuation at the end; of initials such as ``A.U.C.`` every full stop."""
    if _INITIALS.fullmatch(chunk):
        return chunk.replace(".", "")
    return _STOPS.sub("", chunk)


def _is_filler(chunk: str, *, first: bool, last: bool, typed: bool) -> bool:
    """Tell articles from letters: the *A* of *vitamin A*, or of *A record* in a key, is no article."""
    small = chunk.casefold()
    if last or small not in {"a", "an", "the", "and"}:
        return False
    if small == "and":
        return not first and (typed or chunk == "and")
    if small == "a":
        return chunk == "a" or (typed and first)
    return typed or chunk == small or first


def _chunk_words(chunk: str, *, pause: bool, typed: bool) -> list[Word]:
    parts = chunk.split("-") if "-" in chunk and _splits(chunk) else [chunk]
    return [
        _word(part, linked=index > 0, pause=pause and index == 0, typed=typed)
        for index, part in enumerate(parts)
    ]


def _splits(chunk: str) -> bool:
    """Return whether the hyphens of *chunk* only join words: not in ``-5``, ``n-1``, ``2-3``, ``a-b.csv``."""
    parts = chunk.split("-")
    if not all(part.replace("'", "").isalnum() for part in parts):
        return False
    if all(len(part) == 1 for part in parts):
        return False
    return not re.search(r"\d(?:e)?-\d", chunk, re.IGNORECASE)


def _word(raw: str, *, linked: bool, pause: bool, typed: bool) -> Word:
    text = without_accents(raw.casefold()).replace("'", "")
    rigid, stem = _typed_form(raw, text) if typed else _key_form(raw, text)
    return Word(text, stem, rigid=rigid, linked=linked, pause=pause)


def _typed_form(raw: str, text: str) -> tuple[bool, str]:
    if not text.isalpha() or _is_fixed(text):
        return True, _loose_stem(text)
    return False, text[:-1] if _CAPITALS_PLURAL.fullmatch(raw) else _stem(text)


def _key_form(raw: str, text: str) -> tuple[bool, str]:
    """Say how the author's capitals bind: an acronym is kept as it is, a camel-case name to the letter."""
    if not text.isalpha() or _is_fixed(text):
        return True, _loose_stem(text)
    if _CAPITALS.fullmatch(raw):
        return True, text
    if _CAPITALS_PLURAL.fullmatch(raw):
        return True, text[:-1]
    if _CAMEL.search(raw):
        return True, ""
    return not _VOWEL.search(text), _stem(text)


def _loose_stem(text: str) -> str:
    return text if text.isalpha() else ""


def _is_fixed(text: str) -> bool:
    """Return whether one other letter makes *text* another word: numbers, negations, scripts without case."""
    if text in NEGATIONS or text in _NUMBER_WORDS or _ROMAN.fullmatch(text):
        return True
    return not text.isascii() and any(unicodedata.category(letter) == "Lo" for letter in text)


def _stem(text: str) -> str:
    """Level plurals and -ise; a word without a vowel (https, dns) has no plural."""
    text = _ISE.sub("iz", text)
    if _SINGULAR.search(text) or not _VOWEL.search(text):
        return text
    if text.endswith("ies") and len(text) >= _LEAST_IES:
        return text[:-3] + "y"
    return _ES.sub("", text) if _ES.search(text) else text.removesuffix("s")
