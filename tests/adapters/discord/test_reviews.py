"""The review on Discord: a question is flagged, mended in a form, and the old round regraded."""

from tests.adapters.discord.halls import Hall


async def test_a_flagged_question_is_mended_and_its_round_regraded(hall: Hall) -> None:
    """The organiser reads why in private; the channel and the one whose points changed are told."""
    await hall.play(hall.zoe, hall.ben, count=1)
    await hall.ann.slash(hall.channel, "quiz flag", {"reason": "The key is wrong."})
    await (await hall.zoe.slash(hall.channel, "quiz stop")).settled()

    shown = await (await hall.zoe.slash(hall.channel, "quiz decks review")).settled()
    assert shown.message is not None
    assert shown.message.ephemeral
    assert "The key is wrong." in shown.text
    form = await hall.zoe.press(shown.message, "Mend")
    told = await (await hall.zoe.submit(form, {"i2": "Because it is so."})).settled()
    heard = await hall.ann.sees(hall.channel, "was reviewed")

    assert "asked in its new version" in told.text
    assert heard is not None
    again = await (await hall.zoe.slash(hall.channel, "quiz decks review")).settled()
    assert "Nothing waits" in again.text


async def test_a_learner_reviews_nothing(hall: Hall) -> None:
    """Ann organises nothing."""
    refused = await (await hall.ann.slash(hall.channel, "quiz decks review")).settled()

    assert "Only organisers can do that." in refused.text
