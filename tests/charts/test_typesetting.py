"""Typesetting: texts of any script are drawn whole or cut to their place, in fonts that have every letter."""

import pytest
import uharfbuzz  # type: ignore[import-untyped]  # It has no types.
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.elements import Element, element, number
from bot.charts.themes import LIGHT
from bot.charts.typefaces import FONTS, SUBSTITUTE, advance, outline, typeface_of, typefaces
from bot.charts.typesetting import fitted, runs, typeset, width, wrapped
from tests.charts.samples import LONG

NAMES = (
    "Ada Lovelace", "Łukasz Żółć", "Ελένη Παππά", "Дмитро Їжак",
    "مريم العلي", "דניאל כהן", "नंदिनी शर्मा", "রবীন্দ্রনাথ",
    "தமிழ்ச்செல்வி", "సత్యనారాయణ", "ಕನ್ನಡ", "മലയാളം", "ગુજરાતી", "ਗੁਰਪ੍ਰੀਤ",
    "ଓଡ଼ିଆ", "සිංහල", "สมชาย ใจดี", "ສົມພອນ", "မြန်မာ", "ភាសាខ្មែរ",
    "བསྟན་འཛིན", "አበበ በቂላ", "ქართული", "Հայերեն", "王小明", "劉德華", "佐藤 さくら", "サトウ",
    "김철수", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ދިވެހި", "ߒߞߏ", "ⵜⵉⴼⵉⵏⴰⵖ", "𝓥𝓪𝓵𝓮𝓷𝓽𝓲𝓷𝓪",
    "★ ✓ ♥ ☺", "🦊", "👩‍👩‍👧‍👦", "🇧🇷", "👍🏽", "1️⃣", "❤️", "⭐",
)  # fmt: skip


def _glyphs(path: str, text: str) -> list[int]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bold", [False, True])
def test_a_name_in_any_script_has_all_its_glyphs(name: str, bold: bool) -> None:  # noqa: FBT001 - a case of two
    """No name is shown as empty boxes."""
    line = runs(name, bold=bold)

    assert sorted("".join(run.text for run in line)) == sorted(name)
    assert all(0 not in _glyphs(run.face.path, run.text) for run in line)
    assert width(name, 16, bold=bold) > 8


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "🇧🇷", "👍🏽", "1️⃣", "❤️", "⭐"])
def test_an_emoji_is_one_picture_in_colour(cluster: str) -> None:
    """A family is not four people in a row, nor a flag two letters."""
    (run,) = runs(cluster)

    assert run.face.file == "NotoColorEmoji.ttf"
    assert len(_glyphs(run.face.path, run.text)) == 1


def test_a_sign_that_asks_to_be_text_is_text() -> None:
    """U+FE0E after a sign takes the colour out of it."""
    assert runs("⭐\ufe0e")[0].face.file != "NotoColorEmoji.ttf"


def test_what_no_font_has_is_a_box_and_its_marks_are_dropped() -> None:
    """A private character is seen to be missing; nothing is drawn by the renderer's own choice."""
    assert "".join(run.text for run in runs("a\ue000b")) == f"a{SUBSTITUTE}b"
    assert "".join(run.text for run in runs("王\u0951")) == "王"
    assert typeface_of("\ue000") is None
    assert typeface_of(SUBSTITUTE) is not None


def test_a_line_of_both_directions_stands_as_it_is_read() -> None:
    """A name that runs leftward begins at the right, and the number in it runs rightward."""
    line = runs("مريم 12 Ada")

    assert [run.text for run in line] == ["Ada", " ", "12", "مريم "]
    assert [run.leftward for run in line] == [False, True, False, True]


@pytest.mark.parametrize("name", [*NAMES, LONG, "W" * 80, "王" * 80, "🦊" * 80, "م" * 80, ""])
@pytest.mark.parametrize("place", [40, 150, 300])
def test_a_text_never_reaches_past_its_place(name: str, place: int) -> None:
    """Eighty wide letters take no more room than the column has, and what fits is left alone."""
    shown = fitted(name, place, 16)

    assert width(shown, 16) <= place
    assert shown == name or shown.endswith("…")
    assert shown == name or name.startswith(shown.removesuffix("…"))


def test_as_much_is_kept_as_fits() -> None:
    """One letter more would not fit."""
    shown = fitted(LONG, 200, 16)

    kept = shown.removesuffix("…")
    assert width(LONG[: len(kept) + 2] + "…", 16) > 200


def test_lines_break_at_spaces_where_there_are_some() -> None:
    """The last line is cut, and Chinese breaks between any two characters."""
    assert wrapped("one two three", 62, 16, lines=3) == ("one two", "three")
    assert wrapped("one two three", 54, 16, lines=2) == ("one", "two t…")
    assert wrapped("王小明王小明", 50, 16, lines=2) == ("王小明", "王小明")
    assert wrapped("one", 60, 16, lines=2) == ("one",)
    assert wrapped("one two", 28.9, 16, lines=2)[0] == "one"
    assert wrapped("", 60, 16, lines=2) == ()


def test_a_sign_that_is_wider_than_its_place_is_only_dots() -> None:
    """One character can be a whole sentence."""
    assert wrapped("﷽", 60, 16, lines=2) == ("…",)
    assert fitted("﷽", 60, 16) == "…"


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30), st.sampled_from([30.0, 90.0]))
def test_no_text_at_all_breaks_the_typesetting(text: str, place: float) -> None:
    """Whatever people type is cut and wrapped to its place."""
    assert all(width(line, 16) <= place for line in wrapped(text, place, 16, lines=2))


def test_a_drawing_for_the_renderer_has_runs_in_place_of_texts() -> None:
    """Letters are outlines, emoji texts; each stands where the one before ends. Hidden words are left out."""
    text = element(
        "text", element("title", "hidden"), "Ada 🦊", x=100, y=20, font_size=10, font_weight="700",
        text_anchor="end", fill="var(--ink)",
    )  # fmt: skip
    root = element("svg", element("desc", "hidden"), "stray", element("g", text, fill="var(--good)"))

    (group,) = typeset(root, LIGHT).children
    assert isinstance(group, Element)
    one, other = (child for child in group.children if isinstance(child, Element))
    left, fox = 100 - width("Ada 🦊", 10, bold=True), 100 - width("🦊", 10)
    assert group.attributes == {"fill": "#17663a"}
    assert one.tag == "path"
    assert one.attributes["transform"] == f"matrix(0.010000 0 0 -0.010000 {number(left)} 20)"
    assert one.attributes["fill"] == "#1c2623"
    assert (other.tag, other.children) == ("text", ("🦊",))
    assert (other.attributes["font-family"], other.attributes["x"]) == ("SH ColorEmoji", number(fox))


def test_an_outline_is_made_of_steps_from_where_each_letter_begins() -> None:
    """So a letter is read from its font once, wherever it stands."""
    face = typeface_of("l")
    assert face is not None
    one, em = outline(face, "l", leftward=False)
    two, _ = outline(face, "l l", leftward=False)
    step = em * advance(face, "l ", leftward=False)

    assert one.startswith("M0 0m")
    assert two == f"{one}M{step:g} 0{one.removeprefix('M0 0')}"
    assert outline(face, " ", leftward=False) == ("", em)


def test_the_index_lists_the_fonts_that_are_there() -> None:
    """Every file is used, the licence lies beside them, and they stay small enough for a repository."""
    shipped = {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf"}}

    assert {face.file for face in typefaces()} == shipped
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE").read_text(encoding="utf-8").upper()
    assert sum((FONTS / name).stat().st_size for name in shipped) < 13_000_000
