"""A fact whose end has passed is reported; any other date is not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.packs.importing.drafts import Fault
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "The exam was available until 31 March 2025.",
        "The service was discontinued in May 2025.",
        "The exam will be retired on September 28, 2026.",
        "End of support: 2026-11-21.",
        "It expires on 1st Jan 2026.",
    ],
)
def test_a_fact_past_its_end_is_reported(text: str) -> None:
    """Once, and only when the day is known."""
    found = repaired(asked(explanation=text), TODAY)
    assert [problem.fault for problem in found.problems] == [Fault.PAST_DATE]
    assert repaired(found, TODAY) == found
    assert not repaired(asked(explanation=text)).problems


def test_a_question_past_its_own_date_is_reported() -> None:
    """A question says itself until when it is valid."""
    question = replace(asked().questions[0], valid_until=date(2026, 11, 21))
    given = replace(asked(), questions=(question,))
    assert [problem.fault for problem in repaired(given, TODAY).problems] == [Fault.PAST_DATE]


@pytest.mark.parametrize(
    "text",
    [
        "It is available until 31 March 2027, or until November 2026.",
        "As of May 2023 there are four. It was founded in May 2020.",
        "It runs until May. It ends on 31 February 2025.",
        "Retrained until 2 models agree in May 2025.",
    ],
)
def test_other_dates_are_not_reported(text: str) -> None:
    """Only a plain end is one."""
    assert repaired(asked(explanation=text), TODAY) == asked(explanation=text)
