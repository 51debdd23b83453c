"""Files that are broken: their YAML, their outer fields, packs and blueprints."""

from bot.packs.problems import Code
from tests.packs.breaking import in_blueprint, in_deck, in_pack
from tests.packs.samples import NUMERIC, ORDERING, PACK, SINGLE, deck, edited

GOOD = deck(SINGLE)

YAML = (
    in_deck(
        "a repeated key in an item",
        Code.DUPLICATE_KEY,
        deck(NUMERIC, edited(SINGLE, "    difficulty: easy", "    topic: belays¶")),
        "`topic`",
        "Keep one",
        "fixed-loop",
    ),
    in_deck(
        "a slip in an item without an id",
        Code.SYNTAX,
        deck(NUMERIC, "  - kind: true_false\n    prompt: **It** holds.¶\n"),
        "YAML",
        "quotes",
        "#2",
    ),
    in_deck(
        "a tab as indentation",
        Code.TAB,
        edited(GOOD, "    kind: s", "\tkind: s¶"),
        "tab",
        "spaces",
        "fixed-loop",
    ),
    in_deck(
        "a tab behind a colon", Code.TAB, edited(GOOD, "title: Ropes", "title:\tRopes¶"), "tab", "spaces"
    ),
    in_deck("an empty file", Code.EMPTY_FILE, "", "empty", "format: 1"),
    in_deck("only a comment", Code.EMPTY_FILE, "# to be written\n", "empty", "delete"),
    in_deck("two documents", Code.SEVERAL_DOCUMENTS, GOOD + "---¶\nformat: 1\n", "second", "---"),
    in_deck(
        "a repeated key",
        Code.DUPLICATE_KEY,
        edited(GOOD, "items:", "title: Again¶\nitems:"),
        "line 3",
        "Keep one",
    ),
    in_deck("an anchor", Code.ALIAS, edited(GOOD, "title: R", "title: &name R¶"), "&name", "quotes"),
    in_deck(
        "an alias", Code.ALIAS, edited(GOOD, "title: Ropes", "title: *name¶"), "*name", "Write the value out"
    ),
    in_deck(
        "a tag", Code.TAG, edited(GOOD, "title: R", "title: !!python/name:os.system R¶"), "tag", "Delete"
    ),
    in_deck(
        "a colon in plain text", Code.SYNTAX, edited(GOOD, "title: R", "title: On: R¶"), "mapping", "quotes"
    ),
    in_deck(
        "text that starts with a star",
        Code.SYNTAX,
        edited(GOOD, "title: R", "title: **R**¶ "),
        "YAML",
        "quotes",
    ),
    in_deck(
        "a quote never closed",
        Code.SYNTAX,
        deck(NUMERIC, edited(ORDERING, "    prompt: Put", '    prompt: "Put¶')),
        "end of",
        "Close",
        "figure-eight",
    ),
    in_deck(
        "a bracket never closed",
        Code.SYNTAX,
        edited(edited(GOOD, "hints: [Think of a rescue.]", "hints: [a"), "sources:", "sources:¶"),
        "YAML",
        "bracket",
        "fixed-loop",
    ),
    in_deck(
        "brackets without end",
        Code.TOO_DEEP,
        edited(GOOD, "title: Ropes", "title: " + "[" * 60 + "¶"),
        "nested",
        "brackets",
    ),
    in_deck(
        "a control character",
        Code.BAD_CHARACTER,
        edited(GOOD, "title: R", "title: \x07R¶"),
        "U+0007",
        "Delete",
    ),
    in_deck(
        "an escaped zero",
        Code.BAD_CHARACTER,
        edited(GOOD, "title: R", 'title: "\\0"¶ # R'),
        "U+0000",
        "Delete",
    ),
    in_deck(
        "a line separator",
        Code.BAD_CHARACTER,
        edited(GOOD, "title: R", "title: \u2028R¶"),
        "U+2028",
        "line break",
    ),
    in_deck("a list as a file", Code.WRONG_TYPE, "- one¶\n- two\n", "The deck", "title"),
    in_deck("a list as a field's name", Code.WRONG_TYPE, GOOD + "[a, b]: c¶\n", "name of a field", "quotes"),
    in_deck(
        "text cut off by a number sign",
        Code.CUT_BY_COMMENT,
        edited(GOOD, "title: Ropes", "title: Issue #3¶"),
        "#3",
        "quotes",
    ),
)

DECK = (
    in_deck("another format", Code.FORMAT, edited(GOOD, "format: 1", "format: 2¶"), "`2`", "format: 1"),
    in_deck(
        "no title", Code.MISSING_FIELD, "¶" + edited(GOOD, "title: Ropes\n", ""), "`title`", "Add `title:"
    ),
    in_deck("an empty title", Code.EMPTY_FIELD, edited(GOOD, "title: Ropes", "title:¶"), "nothing", "title:"),
    in_deck("a misspelt field", Code.UNKNOWN_FIELD, GOOD + "titel: Ropes¶\n", "`titel`", "`title`"),
    in_deck(
        "an id that is not the file's name",
        Code.ID_DIFFERS,
        edited(GOOD, "id: ropes", "id: rope¶"),
        "rope",
        "ropes",
    ),
    in_deck("a deck without items", Code.EMPTY_FIELD, deck() + "  []¶\n", "empty list", "entry"),
    in_deck("items that are no list", Code.WRONG_TYPE, deck() + "  one: two¶\n", "must be a list", "- "),
)

PACKS = (
    in_pack(
        "an id that is not the folder's name",
        Code.ID_DIFFERS,
        "id: climbing",
        "id: climbs¶",
        "climbs",
        "climbing",
    ),
    in_pack("no licence", Code.MISSING_FIELD, "licence: CC-BY-4.0\n", "", "no `licence`", "licence:"),
    in_pack(
        "an unknown field of the pack",
        Code.UNKNOWN_FIELD,
        "language:",
        "licences: all¶\nlanguage:",
        "`licences`",
        "`licence`",
    ),
    in_pack("no topics", Code.TOPIC_LIST, PACK[PACK.index("topics:") :], "", "topics", "belays: Belaying"),
    in_pack(
        "topics and a blueprint",
        Code.TOPIC_LIST,
        "topics:\n  knots",
        "blueprint: exam-1\ntopics:\n  knots¶",
        "both",
        "Delete",
    ),
    in_pack(
        "topics as a list",
        Code.WRONG_TYPE,
        "  knots: Knots\n  belays: Belaying",
        "  [knots, belays]¶",
        "`topics`",
        "colon",
    ),
    in_pack(
        "a blueprint that is not there",
        Code.UNKNOWN_BLUEPRINT,
        PACK[PACK.index("topics:") :],
        "blueprint: exam-2¶\n",
        "`exam-2`",
        "blueprints/exam-2.yaml",
    ),
    in_pack("a language in words", Code.BAD_WORD, "language: en", "language: English¶", "English", "`en`"),
)

TOPICS = (
    in_pack(
        "a topic with a space",
        Code.BAD_ID,
        "  knots: Knots",
        "  knots: Knots\n  the ropes: Ropes¶",
        "`the ropes`",
        "`belays`",
    ),
    in_pack("a topic without a title", Code.EMPTY_FIELD, "knots: Knots", "knots:¶", "`knots`", "knots: ..."),
    in_pack(
        "no topic at all", Code.EMPTY_FIELD, PACK[PACK.index("topics:") :], "topics: {}¶\n", "empty", "belays"
    ),
)

BLUEPRINTS = (
    in_blueprint(
        "a domain that is a text", Code.WRONG_TYPE, "domains:", "domains:\n  - knots¶", "domain", "`id`"
    ),
    in_blueprint(
        "a source that is a text",
        Code.WRONG_TYPE,
        '{title: "The exam\'s guide", url: "https://example.org/guide"}',
        "the guide¶",
        "A source",
        "`title`",
    ),
    in_blueprint(
        "weights that do not make 100",
        Code.WEIGHT_SUM,
        'domains:\n  - id: "1"\n    title: Knots\n    weight: 60',
        'domains:\n  - id: "1"¶\n    title: Knots\n    weight: 50',
        "90",
        "100",
    ),
    in_blueprint(
        "an end before the beginning",
        Code.DATE_ORDER,
        "2028-12-31",
        "2025-12-31¶",
        "2025-12-31",
        "not before",
    ),
    in_blueprint(
        "a pass mark off the scale", Code.SCALE_ORDER, "pass: 720}", "pass: 1001}¶", "1001", "above `low`"
    ),
    in_blueprint("more scored than asked", Code.OUT_OF_RANGE, "scored: 50", "scored: 66¶", "66", "up to 65"),
    in_blueprint(
        "two tasks with one id", Code.DUPLICATE_ID, '{id: "1.2"', '¶{id: "1.1"', "`1.1`", "of its own"
    ),
    in_blueprint(
        "a domain without tasks",
        Code.EMPTY_FIELD,
        '    tasks:\n      - {id: "2.1", title: Devices}',
        "    tasks: []¶",
        "`tasks`",
        "entry",
    ),
    in_blueprint("a weight in words", Code.BAD_NUMBER, "weight: 60", "weight: most¶", "most", "digits"),
)
