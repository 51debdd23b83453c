"""Signs of missing pictures go, and what needs its picture waits for a person."""

import pytest

from bot.packs.importing.drafts import Fault, Repair
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked, carded


@pytest.mark.parametrize(
    "sign",
    ["Loading Diagram...", "Compiling TikZ diagram…", "[Image]", "![](missing.png)", "![image](img/one.svg)"],
)
def test_a_sign_of_a_missing_picture_goes(sign: str) -> None:
    """The words around it stay, and it is counted."""
    found = repaired(asked(explanation=f"The last one goes first.\n\n{sign}\n\nLike plates."))
    assert found.questions[0].explanation == "The last one goes first.\n\nLike plates."
    assert found.repaired[Repair.PICTURE_PLACEHOLDER] == 1
    assert repaired(found) == found


def test_words_that_describe_a_picture_stay() -> None:
    """What its author wrote for those who cannot see it helps everybody."""
    found = repaired(asked(explanation="See: ![Plates on one another](plates.png)"))
    assert found.questions[0].explanation == "See: (Plates on one another)"


@pytest.mark.parametrize(
    "prompt",
    [
        "Refer to the diagram. What is on top?",
        "Which knot is as shown above?",
        "Which point in the figure is the pole?",
        "What is the part labelled A in Figure 3?",
        "Look at the image below. What is it?",
    ],
)
def test_what_needs_its_picture_is_switched_off(prompt: str) -> None:
    """It is kept, off, and reported; so is a card."""
    for found in (repaired(asked(prompt)), repaired(carded(prompt, "A bowline"))):
        assert (found.questions or found.cards)[0].off
        assert [problem.fault for problem in found.problems] == [Fault.NEEDS_PICTURE]
        assert repaired(found) == found


@pytest.mark.parametrize(
    "prompt",
    [
        "Which model finds cars in the image?",
        "How is the error figure below 5 % reached?",
        "Which service draws a diagram of an account?",
        "What is printed, as shown below?\n\n```\nprint('Loading Diagram...')\n```",
        "What does this show? ![Stars](https://example.org/stars.png)",
        "Is loading a diagram slow? [Image] (an array) is [figure](https://example.org).",
    ],
)
def test_what_needs_no_picture_stays(prompt: str) -> None:
    """Speaking of pictures is not needing one."""
    assert repaired(asked(prompt)) == asked(prompt)
