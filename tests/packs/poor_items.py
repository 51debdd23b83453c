"""Items that are poorly written, each in one way, and items that only look so.

The mark ``¶`` stands on the line that the finding must name; an item without one must not be found.
"""

from dataclasses import dataclass

from bot.packs.problems import Code


@dataclass(frozen=True)
class Poor:
    """Items of a deck, what is found in them, and words of its message; nothing is, when there is no mark."""

    name: str
    code: Code
    text: str
    says: str = ""


def choice(prompt: str, *options: str, own: str = "one") -> str:
    """Return a single-choice item; the first of *options* is right."""
    return _item("single_choice", own, prompt, options, "o0")


def several(prompt: str, *options: str) -> str:
    """Return a multiple-response item; the first two of *options* are right."""
    return _item("multiple_response", "one", prompt, options, "[o0, o1]")


def _item(kind: str, own: str, prompt: str, options: tuple[str, ...], key: str) -> str:
    lines = [
        f"  - id: {own}",
        f"    kind: {kind}",
        "    topic: knots",
        f"    prompt: {prompt}",
        "    options:",
    ]
    lines += [f"      - {{id: o{n}, text: {text}, feedback: So it is.}}" for n, text in enumerate(options)]
    return "\n".join((*lines, f"    key: {key}", "    explanation: It was tried.\n"))


def says(prompt: str, explanation: str = "It was tried.", own: str = "one") -> str:
    """Return a true/false item, right as it stands."""
    return f"""\
  - id: {own}
    kind: true_false
    topic: knots
    prompt: {prompt}
    key: "true"
    feedback: {{"true": "Yes.", "false": "It is."}}
    explanation: {explanation}
"""


GIVEN_AWAY = (
    Poor(
        "all of the above",
        Code.CATCH_ALL,
        choice("What wears ropes?", "All of the above¶", "Sun", "Sand"),
        "`All of the above`",
    ),
    Poor("all of these as a distractor", Code.CATCH_ALL, choice("Pick.", "Sun", "All of these.¶", "Sand")),
    Poor("none of them as the key", Code.CATCH_ALL, choice("Pick.", "None of these¶", "Sun", "Sand")),
    Poor("none of the above", Code.CATCH_ALL, choice("Pick.", "Sun", "None of the above¶", "Sand")),
    Poor("two letters", Code.CATCH_ALL, choice("Pick.", "Sun", "Both A and C¶", "Sand")),
    Poor("none of these as a distractor", Code.CATCH_ALL, choice("Pick.", "Sun", "None of these", "Sand")),
    Poor("all of a thing", Code.CATCH_ALL, choice("What is cut?", "All of the rope", "A strand", "Nothing")),
    Poor(
        "absolute wrong options",
        Code.ABSOLUTE_WORDS,
        choice("When?", "When worn", "Always in May¶", "Never in May", "In June"),
        "2 of 3 wrong options say `always`, `never`",
    ),
    Poor(
        "one absolute option",
        Code.ABSOLUTE_WORDS,
        choice("When?", "When worn", "Always in May", "In July", "In June"),
    ),
    Poor(
        "absolute options on both sides",
        Code.ABSOLUTE_WORDS,
        choice("When?", "Only when worn", "Always in May", "Never in May"),
    ),
    Poor(
        "an article that fits the key alone",
        Code.GRAMMAR_CLUE,
        choice('"Ropes are cut by an:¶"', "edge", "knot", "carabiner"),
        "`an`, which fits the key but not `knot`, `carabiner`",
    ),
    Poor(
        "an article before a blank",
        Code.GRAMMAR_CLUE,
        choice("Fixed loops are tied with a ___.¶", "bowline", "overhand", "edge hitch"),
        "`overhand`",
    ),
    Poor("an article that fits all", Code.GRAMMAR_CLUE, choice('"Cut by an:"', "edge", "axe", "arrow")),
    Poor("an article that may fit", Code.GRAMMAR_CLUE, choice('"Use an:"', "S3 bucket", "SAM file", "hour")),
    Poor(
        "articles at the options",
        Code.GRAMMAR_CLUE,
        choice('"Which rope is it, b or a?"', "The one in use", "The old one", "Any"),
    ),
    Poor(
        "a verb that fits the key alone",
        Code.GRAMMAR_CLUE,
        choice("What holds the climber are ___.¶", "knots", "tape", "rope"),
        "`are`",
    ),
    Poor(
        "a verb that fits another too",
        Code.GRAMMAR_CLUE,
        choice("What holds the climber are ___.", "knots", "slings", "rope"),
    ),
    Poor(
        "a rare word of the prompt in the key",
        Code.ECHOED_WORD,
        choice("What guards against lowering too far?", "A closed system for lowering¶", "Chalk", "Gloves"),
        "`lower`",
    ),
    Poor(
        "words of the prompt in other options",
        Code.ECHOED_WORD,
        choice("What guards against lowering too far?", "A lowering knot", "A guard", "Gloves"),
    ),
    Poor(
        "a word that many items have",
        Code.ECHOED_WORD,
        choice("What makes anchors?", "Anchors of bolts", "Chalk", "Gloves")
        + choice("Where do slings go?", "Anchors", "Nowhere", "Home", own="two"),
    ),
)

TWICE = (
    Poor(
        "one item twice",
        Code.DUPLICATE_ENTRY,
        choice("What holds best?", "Knots", "Tape", "Glue")
        + choice("What holds **best**?", "Knots", "Tape", "Glue", own="two¶"),
        "says the same as `one`",
    ),
    Poor(
        "nearly one item twice",
        Code.NEAR_DUPLICATE,
        choice("Which knot makes a fixed loop that is easy to untie?", "Bowline", "Sheet bend", "Reef knot")
        + choice(
            "Which knot makes one fixed loop that is easy to untie?",
            "Bowline",
            "Reef knot",
            "Clove",
            own="two¶",
        ),
        "alike to `one`",
    ),
    Poor(
        "one question about two things",
        Code.NEAR_DUPLICATE,
        choice("Which knot is tied first by a climber who leads?", "Figure eight", "Clove", "Munter")
        + choice(
            "Which knot is tied first by a climber who abseils?", "Prusik", "Bowline", "Reef", own="two"
        ),
    ),
    Poor(
        "two statements",
        Code.NEAR_DUPLICATE,
        says("A bowline holds its size under any load.")
        + says("A slip knot tightens under load.", own="two"),
    ),
)

UNSHOWN = (
    Poor("a picture", Code.PICTURE, says("See ![the knot](https://example.org/knot.png).¶"), "`the knot`"),
    Poor("a picture in code", Code.PICTURE, says("Write `![the knot](knot.png)` for a picture.")),
    Poor("a link inside the pack", Code.LINK, says("See [the knots](../knots.md).¶"), "`../knots.md`"),
    Poor("a link by reference", Code.LINK, says("|\n      See it.\n\n      [1]: https://example.org¶")),
    Poor("an address in angles", Code.LINK, says("See <https://example.org/knots>.¶")),
    Poor("a link that leads somewhere", Code.LINK, says("See [the knots](https://example.org/a_(b)).")),
    Poor("a list in brackets", Code.LINK, says("The list `x[0](1)` and \\[this\\](that) are none.")),
    Poor("a heading", Code.HEADING, says("|\n      ## Knots¶\n      They hold."), "`## Knots`"),
    Poor("an underlined heading", Code.HEADING, says("|\n      Knots¶\n      =====\n      They hold.")),
    Poor("a number sign", Code.HEADING, says("'#1 is the knot that holds.'")),
    Poor("a table", Code.HEADING, says("|\n      | a | b |\n      |---|---|\n      | 1 | 2 |")),
    Poor("a footnote", Code.MARKDOWN, says("Knots hold.[^1]¶"), "a footnote"),
    Poor("boxes to tick", Code.MARKDOWN, says("|\n      Check.\n\n      - [ ] the knot¶"), "box to tick"),
    Poor("struck text", Code.MARKDOWN, says("Knots ~~slip~~ hold.¶"), "strike out"),
    Poor(
        "a table in a list",
        Code.MARKDOWN,
        says("|\n      - these\n\n        | a | b |\n        |---|---|¶\n        | 1 | 2 |"),
        "inside of a list",
    ),
    Poor(
        "a list in an option",
        Code.MARKDOWN,
        choice("Pick.", '"Two:\\n\\n- sun\\n- sand"', "Sun", "Sand"),
    ),
    Poor("tildes and brackets", Code.MARKDOWN, says("About ~60 m ~ or [so], not more.")),
)
