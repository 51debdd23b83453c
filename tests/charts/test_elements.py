"""Elements: text is never markup, and what was written can be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.elements import Element, element, markup, number, parsed


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    """Whatever somebody is called, the tree has one text and nothing else."""
    root = parsed(
        markup(element("svg", element("text", text, title=text), xmlns="http://www.w3.org/2000/svg"))
    )

    (child,) = root.children
    assert child == Element("text", {"title": text}, (text,) if text else ())


def test_what_xml_has_no_place_for_becomes_the_replacement_character() -> None:
    """A control character or half a pair would make the whole drawing unreadable."""
    assert markup("a\x00b\x1b\ud800c\uffff") == "a\ufffdb\ufffd\ufffdc\ufffd"


def test_an_attribute_without_a_value_is_left_out() -> None:
    """Numbers are short, names have hyphens, quotes cannot end a value."""
    assert (
        markup(element("a", font_size=12.5, x=0, rx=None, class_='"'))
        == '<a font-size="12.5" x="0" class="&quot;"/>'
    )
    assert number(1 / 3) == "0.33"


def test_text_around_children_is_kept() -> None:
    """Words before, between and after elements stay in their order."""
    assert parsed("<a>one<b/>two</a>").children == ("one", Element("b", {}), "two")


@pytest.mark.parametrize("svg", ["<!DOCTYPE svg><svg/>", "<?xml version='1.0'?><svg/>", "<svg>", ""])
def test_what_we_did_not_write_is_refused(svg: str) -> None:
    """A document type could make a small text large; a broken drawing would be painted in part."""
    with pytest.raises(ValueError, match="expected a"):
        parsed(svg)
