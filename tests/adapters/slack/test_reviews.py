"""The review on Slack: a question is flagged, and mended in a form."""

from tests.adapters.slack.halls import Hall, text_of


async def test_a_flagged_question_is_mended_in_a_form(hall: Hall) -> None:
    """Whoever flagged it is told; what waits is read in private."""
    await hall.play(hall.zoe, hall.ben, line="count:1")
    await hall.quiz(hall.ann, "flag The key is wrong.")
    await hall.quiz(hall.zoe, "stop")
    await hall.quiz(hall.zoe, "decks review")
    shown = await hall.zoe.sees(hall.channel, "The key is wrong.")
    await hall.zoe.press(shown, "Mend")
    (form,) = hall.zoe.modals
    await hall.zoe.submit(form, {("i2", "value"): "Because it is so."})
    told = text_of(hall.zoe.modals[-1])
    await hall.ann.sees(hall.channel, "was reviewed")

    assert shown.ephemeral
    assert "asked in its new version" in told


async def test_a_learner_reviews_nothing(hall: Hall) -> None:
    """Ann organises nothing."""
    await hall.quiz(hall.ann, "decks review")

    assert (await hall.ann.sees(hall.channel, "Only organisers can do that.")).ephemeral
