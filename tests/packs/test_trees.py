"""Strict YAML: whatever comes in, a tree of texts or a problem comes out, with the right lines."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.packs.problems import Findings, Spot
from bot.packs.trees import Listing, Node, Record, Scalar, read_tree

PARSERS = (yaml.SafeLoader, yaml.CSafeLoader) if yaml.__with_libyaml__ else (yaml.SafeLoader,)

TEXT = """\
one: plain
two: |
  first

  third <b>
three: >
  folded
  text
four:
  - a
  - {b: c,
     d: "e
     f"}
"""


def read(text: str, parser: type[yaml.SafeLoader] | type[yaml.CSafeLoader]) -> tuple[Node | None, Findings]:
    """Return the tree of *text* and what was found."""
    findings = Findings("deck.yaml")
    return read_tree(text, Spot(findings), loader=parser), findings


@pytest.mark.parametrize("parser", PARSERS)
def test_every_text_knows_its_line(parser: type[yaml.SafeLoader]) -> None:
    """Also in lists, in braces and inside block text."""
    tree, findings = read(TEXT, parser)

    block = Scalar("first\n\nthird <b>\n", 2, literal=True)
    assert findings.kept == []
    assert tree == Record(
        (
            (Scalar("one", 1), Scalar("plain", 1)),
            (Scalar("two", 2), block),
            (Scalar("three", 6), Scalar("folded text\n", 6)),
            (
                Scalar("four", 9),
                Listing(
                    (
                        Scalar("a", 10),
                        Record(
                            (
                                (Scalar("b", 11), Scalar("c", 11)),
                                (Scalar("d", 12), Scalar("e f", 12)),
                            ),
                            11,
                        ),
                    ),
                    10,
                ),
            ),
        ),
        1,
    )
    assert block.line_at(block.text.index("<b>")) == 5


@given(st.text(st.sampled_from(list("ab:-#&*!|>'\"[]{},%@` \n\t")), max_size=40))
def test_what_both_parsers_take_they_read_alike(text: str) -> None:
    """Where PyYAML has no libyaml, packs that were read before are still read, as the same texts."""
    trees = [read(text, parser) for parser in PARSERS]

    whole = [tree for tree, findings in trees if not findings.kept]
    assert all(tree == whole[0] for tree in whole)


@given(st.text(max_size=200))
@example("a: &x [*x]")
@example("? [a]\n: b")
@example("%YAML 9.9\n---\na")
@example("\ud7ff\U0010ffff: \x85")
@example("a: !<tag:yaml.org,2002:python/object:x> y")
@example('"\\ud800": "\\x00"')
def test_any_text_gives_a_tree_or_a_problem(text: str) -> None:
    """Nothing that an author may write raises."""
    for parser in PARSERS:
        tree, findings = read(text, parser)
        assert tree is not None or findings.kept


def test_a_comment_behind_a_value_is_no_slip() -> None:
    """Only a comment without a space behind its sign looks like cut-off text."""
    _, findings = read("one: two  # what follows\nthree: [a, b] #note\n", PARSERS[-1])

    assert findings.kept == []


def test_tabs_inside_block_text_stay() -> None:
    """A makefile in a prompt needs them."""
    tree, findings = read("one: |\n  all:\n  \tcc x.c\n", PARSERS[-1])

    assert findings.kept == []
    assert isinstance(tree, Record)
    assert tree.entries[0][1] == Scalar("all:\n\tcc x.c\n", 1, literal=True)


def test_a_file_of_nothing_but_slips_gives_a_bounded_report() -> None:
    """Ten thousand of the same help nobody."""
    _, findings = read("- *a\n" * 10_000, PARSERS[-1])

    assert len(findings.kept) == 1001
    assert findings.kept[-1].code == "many-problems"
