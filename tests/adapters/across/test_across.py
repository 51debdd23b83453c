"""One group on Discord and Slack: codes, one round and one question of the day, and the way back."""

import re

from tests.adapters.across.halls import Campus
from tests.adapters.discord.halls import does as does_on_discord
from tests.adapters.slack.halls import does
from tests.emulators.discord import Person as DiscordPerson
from tests.emulators.discord import text_of as discord_text
from tests.emulators.slack import Person as SlackPerson
from tests.emulators.slack import text_of

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


async def _code(campus: Campus, what: str) -> str:
    """Return a code that Zoe has made on Discord."""
    hall = campus.discord
    said = await hall.zoe.slash(hall.channel, "quiz link", {"what": what})
    await said.settled()
    found = CODE.search(said.text)
    assert found is not None, said.text
    return found[0]


async def _link(campus: Campus, what: str, slack: SlackPerson | None = None) -> str:
    """Link *what* of Zoe's on Discord with what somebody has on Slack, and return what they are told."""
    code = await _code(campus, what)
    said = await campus.slack.quiz(slack or campus.slack.zoe, f"link {code.lower()}")
    return said.text


async def _answered(campus: Campus, number: int, right: set[str]) -> None:
    """Let six people answer question *number*: those named in *right* choose the right option."""
    on_discord, on_slack = await campus.both(f"Question {number} of")
    here, there = campus.discord, campus.slack
    for name, person in (("d-zoe", here.zoe), ("d-ann", here.ann), ("d-ben", here.ben)):
        await here.pick(person, on_discord, "The tide" if name in right else "The fish")
    for name, member in (("s-zoe", there.zoe), ("s-ann", there.ann), ("s-ben", there.ben)):
        await there.pick(member, on_slack, "The tide" if name in right else "The fish")


async def _top(campus: Campus, *, on_slack: bool) -> str:
    if on_slack:
        said = await campus.slack.quiz(campus.slack.zoe, "top all")
        return text_of(said.answer or await said.followed())
    asked = await campus.discord.zoe.slash(campus.discord.channel, "quiz top", {"since": "all"})
    await asked.settled()
    return asked.text


async def test_three_on_each_side_play_one_round_with_one_standing(campus: Campus) -> None:
    """Whoever sits where sees everybody's names, and the way back leaves each side its own."""
    here, there = campus.discord, campus.slack
    await _link(campus, "channel")
    await here.zoe.slash(
        here.channel, "quiz play", {"deck": "single", "count": 2, "lobby": "wait", "pause": "wait"}
    )
    lobby, same = await campus.both("New round")
    for person in (here.ann, here.ben):
        await person.press(lobby, does_on_discord(lobby, "j"))
    for member in (there.zoe, there.ann, there.ben):
        await member.press(same, does(same, "j"))
    await here.zoe.press(lobby, does_on_discord(lobby, "b"))
    await _answered(campus, 1, {"d-ann", "s-ann"})
    first, twin = await campus.both("1 of 2: the answer")
    await here.zoe.press(first, does_on_discord(first, "n"))
    await _answered(campus, 2, {"d-ann", "s-ann", "s-ben"})
    last, _ = await campus.both("2 of 2: the answer")
    await here.zoe.press(last, does_on_discord(last, "n"))
    podium, same_podium = await campus.both("Podium")

    points = re.compile(r"(Ann|Ben|Zoe)\D+(\d+)")
    shown = sorted(points.findall(discord_text(podium)))
    assert shown == sorted(points.findall(text_of(same_podium)))
    assert "6 players" in discord_text(podium)
    assert "2 of 6 right" in text_of(twin)
    together = await _top(campus, on_slack=True)
    assert together.count("Ann") >= 2

    await there.quiz(there.zoe, "link off group")
    apart = await _top(campus, on_slack=True)
    other = await _top(campus, on_slack=False)
    assert apart.count("Ann") == 1
    assert other.count("Ann") == 1


async def test_what_one_side_alone_sees_goes_to_that_side(campus: Campus) -> None:
    """Who missed something is told where they play."""
    here, there = campus.discord, campus.slack
    await _link(campus, "channel")
    question = await there.play(there.zoe, line="deck:single count:1")
    twin = await here.shown("Question 1 of 1")
    await here.ann.press(twin, here.button_of(twin, "The fish"))
    await there.pick(there.zoe, question, "The fish")
    reveal = await there.shown("1 of 1", after=question)
    await there.zoe.press(reveal, does(reveal, "n"))
    await campus.both("Podium")

    missed = await there.zoe.sees(there.channel, "What lifts the whole sea", after=reveal)
    assert missed.ephemeral
    assert not [one for one in there.ann.seen(there.channel) if one.ephemeral]


async def test_a_question_of_the_day_is_one_on_both_sides(campus: Campus) -> None:
    """Posted on both, answered on both, revealed once on each, with one count."""
    here, there = campus.discord, campus.slack
    await _link(campus, "channel")
    await there.quiz(there.zoe, "daily set 9:00 zone:berlin deck:single")
    await there.quiz(there.zoe, "daily now")
    question, twin = await there.shown("Question of the day"), await here.shown("Question of the day")
    await there.pick(there.ann, question, "The tide")
    await here.ann.press(twin, here.button_of(twin, "The tide"))
    await campus.until(lambda: "2" in _counted(text_of(question)), "a count of two")
    await here.until(lambda: "2" in _counted(discord_text(twin)), "a count of two")
    listed = await here.zoe.slash(here.channel, "quiz daily show", {})
    await listed.settled()

    assert "09:00" in listed.text or "9:00" in listed.text


def _counted(text: str) -> str:
    """Return the line that tells how many have answered."""
    return next((line for line in text.splitlines() if "answered" in line), "")


async def test_somebodys_accounts_become_one_learner(campus: Campus) -> None:
    """What was earned on both sides stands in one line, and comes apart again."""
    here, there = campus.discord, campus.slack
    await _played_on_discord(campus, here.ann)
    await _played_on_slack(campus, there.ann)
    said = await here.ann.slash(here.channel, "quiz link", {})
    await said.settled()
    found = CODE.search(said.text)
    assert found is not None, said.text
    await there.quiz(there.ann, f"link {found[0]}")
    await _link(campus, "group")
    together = await _top(campus, on_slack=True)
    assert together.count("Ann") == 1

    await there.quiz(there.ann, "link off")
    assert (await _top(campus, on_slack=True)).count("Ann") == 2


async def _played_on_discord(campus: Campus, person: DiscordPerson) -> None:
    hall = campus.discord
    question = await hall.play(person, deck="single", count=1)
    await hall.pick(person, question, "The tide")
    reveal = await hall.shown("1 of 1", after=question)
    await person.press(reveal, does_on_discord(reveal, "n"))
    await hall.shown("Podium", after=question)


async def _played_on_slack(campus: Campus, person: SlackPerson) -> None:
    hall = campus.slack
    question = await hall.play(person, line="deck:single count:1")
    await hall.pick(person, question, "The tide")
    reveal = await hall.shown("1 of 1", after=question)
    await person.press(reveal, does(reveal, "n"))
    await hall.shown("Podium", after=question)


async def test_a_code_that_is_none_is_refused_in_one_sentence(campus: Campus) -> None:
    """And so is the code of another group that somebody may not join."""
    code = await _code(campus, "group")
    wrong = await campus.slack.quiz(campus.slack.zoe, "link ABCD-EFGH")
    not_allowed = await campus.slack.quiz(campus.slack.ann, f"link {code}")

    assert "code" in wrong.text.lower()
    assert "organis" in not_allowed.text.lower()
