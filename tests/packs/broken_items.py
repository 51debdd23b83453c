"""Items that are broken: their fields, options and stems, case studies, prose, and decks out of balance."""

from bot.packs.problems import Code
from tests.packs.breaking import Broken, in_deck, in_item
from tests.packs.samples import CASE, MATCHING, NUMERIC, ORDERING, SINGLE, TRUE_FALSE, deck, edited

ITEM = (
    Broken(
        "an item that is a text",
        Code.WRONG_TYPE,
        deck(SINGLE, "  - forgotten¶\n"),
        "#2",
        "must be a record",
        "Write fields",
    ),
    Broken(
        "an item without an id",
        Code.MISSING_FIELD,
        deck("  - kind: true_false¶\n" + TRUE_FALSE.split("true_false\n")[1]),
        "#1",
        "no `id`",
        "Add `id:",
    ),
    in_item(
        "an id in capitals",
        Code.BAD_ID,
        (SINGLE, "id: fixed-loop", "id: Fixed Loop¶"),
        "Fixed",
        "`fixed-loop`",
        "Fixed Loop",
    ),
    in_item(
        "an unknown kind",
        Code.BAD_WORD,
        (SINGLE, "single_choice", "single_choise¶"),
        "choise",
        "`single_choice`",
    ),
    in_item(
        "a field of another kind",
        Code.UNKNOWN_FIELD,
        (NUMERIC, "    key:", "    stems: []¶\n    key:"),
        "stems",
        "kind",
    ),
    in_item(
        "an unknown field", Code.UNKNOWN_FIELD, (SINGLE, "seconds: 45", "colour: red¶"), "`colour`", "Delete"
    ),
    in_item(
        "an unknown topic", Code.UNKNOWN_TOPIC, (SINGLE, "topic: knots", "topic: knot¶"), "`knot`", "`knots`"
    ),
    in_item("an unknown difficulty", Code.BAD_WORD, (SINGLE, "easy", "simple¶"), "`simple`", "`easy`"),
    in_item(
        "no prompt",
        Code.MISSING_FIELD,
        (TRUE_FALSE, "  - id: jams", "  - id: jams¶", "    prompt: A bowline jams under load.\n", ""),
        "`prompt`",
        "prompt:",
    ),
    in_item(
        "a prompt that is a list",
        Code.WRONG_TYPE,
        (NUMERIC, "prompt: What force must a belay loop hold?", "prompt: [a, b]¶"),
        "a list",
        "one text",
    ),
    in_item(
        "a window of 601 seconds",
        Code.OUT_OF_RANGE,
        (SINGLE, "seconds: 45", "seconds: 601¶"),
        "601",
        "from 5 to 600",
    ),
    in_item(
        "a window in words", Code.BAD_NUMBER, (SINGLE, "seconds: 45", "seconds: long¶"), "long", "digits"
    ),
    in_item(
        "a date that never was",
        Code.BAD_DATE,
        (SINGLE, "2030-01-01", "2030-02-30¶"),
        "2030-02-30",
        "2027-12-31",
    ),
    in_item(
        "a date in words", Code.BAD_DATE, (SINGLE, "2030-01-01", "1 May 2030¶"), "1 May 2030", "2027-12-31"
    ),
    in_item(
        "a date that has passed",
        Code.OUT_OF_DATE,
        (SINGLE, "2030-01-01", "2026-11-21¶"),
        "2026-11-21",
        "later date",
    ),
    in_item(
        "a source on another scheme",
        Code.BAD_URL,
        (SINGLE, '"https://example.org/knots"}', '"javascript:alert(1)"}¶'),
        "javascript",
        "https://",
    ),
    in_item(
        "a source without a host",
        Code.BAD_URL,
        (SINGLE, '"https://example.org/knots"}', '"https:///knots"}¶'),
        "https:///knots",
        "whole address",
    ),
    in_item(
        "a source without a title",
        Code.MISSING_FIELD,
        (SINGLE, "{title: Knots, url", "¶{url"),
        "no `title`",
        "title:",
    ),
    in_item(
        "no explanation",
        Code.MISSING_EXPLANATION,
        (
            ORDERING,
            "  - id: figure-eight",
            "  - id: figure-eight¶",
            "    explanation: That is how it is tied.\n",
            "",
        ),
        "no explanation",
        "explanation: |",
    ),
    Broken(
        "an id used twice",
        Code.DUPLICATE_ID,
        deck(SINGLE, edited(SINGLE, "fixed-loop", "fixed-loop¶")),
        "fixed-loop",
        "line 6",
        "no other item",
    ),
)

OPTIONS = (
    in_item(
        "one option",
        Code.OPTION_COUNT,
        (
            SINGLE,
            SINGLE,
            """\
  - id: fixed-loop
    kind: single_choice
    topic: knots
    prompt: Which?
    options:
      - {id: a, text: One, feedback: It is.}¶
    key: a
    explanation: There is no other.
""",
        ),
        "1 option,",
        "Add",
    ),
    in_item(
        "two options with one id",
        Code.DUPLICATE_ID,
        (SINGLE, "{id: none,", "¶{id: sheet-bend,"),
        "`sheet-bend`",
        "another id",
    ),
    in_item(
        "two options with one text",
        Code.DUPLICATE_TEXT,
        (SINGLE, "text: None of these", "text: The  bowline¶"),
        "The bowline",
        "something else",
    ),
    in_item(
        "an option without feedback",
        Code.MISSING_FEEDBACK,
        (SINGLE, ', feedback: "No, it joins two ropes."}', "}¶"),
        "`sheet-bend`",
        "feedback:",
    ),
    in_item(
        "an option without text",
        Code.MISSING_FIELD,
        (SINGLE, "text: The sheet bend, ", "¶"),
        "no `text`",
        "text:",
    ),
    in_item(
        "an option kept in the middle",
        Code.BAD_WORD,
        (SINGLE, "place: last", "place: middle¶"),
        "`middle`",
        "`last`",
    ),
    in_item(
        "a truth without feedback",
        Code.MISSING_FEEDBACK,
        (TRUE_FALSE, '"true": "It can be untied after any load.", ', "¶"),
        "`true`",
        '"true"',
    ),
    in_item(
        "two options to order",
        Code.OPTION_COUNT,
        (
            ORDERING,
            "      - {id: through, text: Pass it through the loop}",
            "      - {id: bight, text: Make a bight}¶",
            "      - {id: bight, text: Make a bight}\n",
            "",
            ", through]",
            "]",
        ),
        "3 to 5",
        "Add",
    ),
    in_item(
        "two stems",
        Code.STEM_COUNT,
        (
            MATCHING,
            "      - {id: sheet, text: Sheet bend}\n",
            "",
            "text: Clove hitch}",
            "text: Clove hitch}¶",
            ", sheet: join}",
            "}",
        ),
        "2 stems",
        "Add",
    ),
    in_item(
        "two stems with one id",
        Code.DUPLICATE_ID,
        (MATCHING, "{id: sheet,", "¶{id: clove,", ", sheet: join}", "}"),
        "`clove`",
        "another id",
    ),
)

CASES = (
    in_item(
        "a case of one part",
        Code.PART_COUNT,
        (
            CASE,
            CASE[CASE.index("      - id: knot") :],
            "",
            "      - id: first-step",
            "      - id: first-step¶",
        ),
        "1 part,",
        "Add a part",
    ),
    in_item(
        "a case in a case",
        Code.NESTED_CASE,
        (CASE, "      - id: knot\n        kind: fill_in", "      - id: knot¶\n        kind: case_study"),
        "case study itself",
        "Move it out",
        "rescue/knot",
    ),
    in_item(
        "a case without a scenario",
        Code.MISSING_FIELD,
        (CASE, "  - id: rescue", "  - id: rescue¶", "    scenario: A climber hangs at the edge.\n", ""),
        "no `scenario`",
        "scenario:",
    ),
    in_item(
        "a case with a prompt",
        Code.UNKNOWN_FIELD,
        (
            CASE,
            "scenario: A climber hangs at the edge.",
            "scenario: A climber hangs.\n    prompt: What now?¶",
        ),
        "`prompt`",
        "Delete",
    ),
    in_item(
        "a part without a topic",
        Code.MISSING_FIELD,
        (CASE, "    topic: belays\n", "", "      - id: first-step", "      - id: first-step¶"),
        "no `topic`",
        "topic:",
        "rescue/first-step",
    ),
    in_item(
        "two parts with one id",
        Code.DUPLICATE_ID,
        (CASE, "      - id: knot", "      - id: first-step¶"),
        "line 12",
        "no other item",
        "rescue/first-step",
    ),
    in_item(
        "a broken part",
        Code.UNKNOWN_TOPIC,
        (CASE, "topic: knots", "topic: kots¶"),
        "`kots`",
        "`knots`",
        "rescue/knot",
    ),
)

PROSE = (
    in_item(
        "an option named by its letter",
        Code.CITES_LETTER,
        (
            SINGLE,
            "explanation: The loop of a bowline neither slips nor jams.",
            "explanation: |\n      The loop holds.\n\n      Option B joins ropes.¶",
        ),
        "Option B",
        "by what it says",
    ),
    in_item(
        "an answer named by its letter",
        Code.CITES_LETTER,
        (SINGLE, "neither slips nor jams.", "neither slips nor jams. (Answer A.)¶"),
        "Answer A",
        "by what it says",
    ),
    in_item(
        "an option named by its place",
        Code.CITES_LETTER,
        (SINGLE, "No, it joins two ropes.", "No, that is the first option.¶"),
        "first option",
        "by what it says",
    ),
    in_item(
        "raw HTML",
        Code.RAW_HTML,
        (
            SINGLE,
            "prompt: Which knot makes a fixed loop?",
            "prompt: |\n      Which knot?\n\n      `<b>` <script src=x>¶",
        ),
        "<script src=x>",
        "backticks",
    ),
    in_item(
        "a formula that uses an unknown command",
        Code.FORMULA,
        (
            SINGLE,
            "prompt: Which knot makes a fixed loop?",
            "prompt: |\n      Which knot?\n\n      `$\\input{a}$` $5 $x^2$ $\\input{a}^2$¶",
        ),
        "`\\input`, which is not known",
        "usual commands",
    ),
    in_item(
        "a formula whose brace is open",
        Code.FORMULA,
        (SINGLE, "neither slips nor jams.", "neither slips nor $x^{2$.¶"),
        "`{`",
        "its other one",
    ),
    in_item(
        "a text over the top",
        Code.TOO_LONG,
        (SINGLE, "prompt: Which knot makes a fixed loop?", "prompt: " + "x" * 20_001 + "¶"),
        "20001",
        "Shorten",
    ),
    in_item(
        "a long text",
        Code.LONG_TEXT,
        (SINGLE, "text: The sheet bend,", "text: " + "x" * 301 + ",¶"),
        "301",
        "Shorten",
    ),
)

BALANCE = (
    in_deck(
        "a key that is mostly the longest",
        Code.KEY_LONGEST,
        edited(
            deck(
                *(
                    edited(
                        edited(SINGLE, "fixed-loop", f"loop-{number}"),
                        "text: The bowline",
                        "text: The bowline on a bight" if number < 2 else "text: The bowline",
                    )
                    for number in range(5)
                )
            ),
            "  - id: loop-0",
            "  - id: loop-0¶",
        ),
        "2 of 5",
        "Shorten",
    ),
    in_deck(
        "a key that is mostly the first",
        Code.KEY_POSITION,
        edited(
            deck(
                *(
                    edited(
                        edited(SINGLE, "fixed-loop", f"loop-{number}"),
                        "key: bowline",
                        "key: bowline" if number < 6 else "key: none",
                    )
                    for number in range(11)
                )
            ),
            "  - id: loop-0",
            "  - id: loop-0¶",
        ),
        "6 of 11",
        "varied order",
    ),
)
