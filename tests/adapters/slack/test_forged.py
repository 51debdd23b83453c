"""What Slack never sent, or would not send: refused, without a word about secrets or what people wrote."""

import asyncio
import copy
import io
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs
from yarl import URL

from bot.adapters.slack.inbound import Asked, doing_of
from bot.adapters.slack.signatures import request_of
from tests.adapters.slack.forgeries import (
    SECRET_WORDS,
    answers,
    broken,
    faults,
    kept_quiet,
    line_of,
    lived,
    packed,
    sent_raw,
    status_of,
)
from tests.adapters.slack.halls import By, Hall, does
from tests.emulators.slack import Json, Kind, elements_of

OK: Final = 200
MALFORMED: Final = 400
UNKNOWN: Final = 401
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
TOO_LARGE: Final = 413
WRONG_HOST: Final = 421

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
OLD_SECONDS: Final = 301
SAMPLE: Final = 700


@pytest.fixture
def by() -> By:
    """Say that Slack reaches the program by requests, which anybody can send."""
    return "http"


# ------------------------------------------------------------------------------------------ who has sent it


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=ö"},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": ""},
    ],
    ids=str,
)
async def test_a_request_that_slack_did_not_sign_is_refused(hall: Hall, headers: dict[str, str]) -> None:
    """It does nothing, and the log says neither what it held nor what it should have been signed with."""
    command = line_of(hall, SECRET_WORDS)
    with capture_logs() as logs:
        status, _ = await hall.server.forge(hall.app, Kind.COMMAND, command, headers=headers)

    assert status == UNKNOWN
    # What is old is forgotten at the start, and that may be told of meanwhile.
    assert [one["event"] for one in logs if one["event"] != "forgotten"] == ["slack_request_refused"]
    assert kept_quiet(hall, logs)


async def test_another_secret_opens_nothing(hall: Hall) -> None:
    """However well the rest is made."""
    status, _ = await hall.server.forge(hall.app, Kind.COMMAND, line_of(hall, "play"), secret="another")

    assert status == UNKNOWN
    assert hall.messages() == []


@pytest.mark.parametrize("late", [OLD_SECONDS, -OLD_SECONDS], ids=["old", "of the future"])
async def test_a_request_of_another_time_is_refused(hall: Hall, late: float) -> None:
    """Five minutes are all that it may have been on its way, and so a recorded one cannot be replayed."""
    status, _ = await hall.server.forge(hall.app, Kind.COMMAND, line_of(hall, "play"), at=time.time() - late)

    assert status == UNKNOWN
    assert hall.messages() == []


async def test_a_request_that_is_replayed_in_time_does_nothing_again(hall: Hall) -> None:
    """The same press counts once, whoever sends it."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    pressed = await hall.pick(hall.ann, question, "The tide")
    await pressed.followed()
    for _ in range(3):
        assert await hall.server.send(hall.app, Kind.INTERACTIVE, pressed.payload)
    await hall.zoe.press(question, hall.button_of(question, "The fish"))
    await hall.shown("1 of 1", after=question)

    assert len(pressed.messages) == 1
    assert len(answers(hall)) == 2


# ------------------------------------------------------------------------------------------- what it is about


@pytest.mark.parametrize("place", ["team", "view", "both"])
async def test_a_press_of_a_workspace_that_we_are_not_in_does_nothing(
    hall: Hall, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack signs for all of them with the one secret."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    foreign: Json = {}
    if place in {"team", "both"}:
        foreign |= {"team": {"id": "T0FOREIGN", "domain": "foreign"}}
    if place in {"view", "both"}:
        foreign |= {"view": {"app_installed_team_id": "T0FOREIGN"}}
    with capture_logs() as logs:
        await hall.ann.press(question, hall.button_of(question, "The tide"), changes=foreign)

    assert "slack_foreign_workspace" in {one["event"] for one in logs}
    assert kept_quiet(hall, logs, caplog.text)
    assert answers(hall) == {}


async def test_an_event_of_a_workspace_that_we_are_not_in_does_nothing(hall: Hall) -> None:
    """Nor does it tell that such a workspace has put us out, while ours has not."""
    await hall.zoe.mention(hall.channel, "decks")
    await hall.server.delivered()
    sent = copy.deepcopy(hall.server.traffic.dispatches("app_mention")[-1].body)
    sent |= {"team_id": "T0FOREIGN", "authorizations": [{"team_id": "T0FOREIGN"}], "event_id": "Ev1"}
    sent["event"] |= {"text": "<@U0> play deck:single", "team": "T0FOREIGN"}
    gone = {**sent, "event": {"type": "app_uninstalled"}, "event_id": "Ev2"}
    for body in (sent, gone):
        await hall.server.send(hall.app, Kind.EVENT, body)
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1")

    assert hall.messages()[-1] is question
    assert [one.app for one in hall.messages()] == [hall.app] * 2


async def test_a_form_that_remembers_a_foreign_place_answers_where_its_sender_is(hall: Hall) -> None:
    """What a form was opened with is of this workspace and of this person, or it is nothing."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:numeric count:1 seconds:600")
    for place in ("T0FOREIGN/C0FOREIGN", f"@{hall.team.id}/{hall.ben.user.id}", "", "[" * 2_000):
        opened = await hall.ann.press(question, does(question, "a"))
        assert opened.modal is not None
        opened.modal.body["private_metadata"] = json.dumps({"place": place}) if place[:1] != "[" else place
        block, element = next(one for one in elements_of(opened.modal.blocks) if one[0]["type"] == "input")
        with capture_logs() as logs:
            done = await hall.ann.submit(opened.modal, {(block["block_id"], element["action_id"]): "1852"})
        assert done.acked
        assert faults(logs) == []

    assert len(answers(hall)) <= 1


@pytest.mark.parametrize(
    "action",
    [
        "",
        "a",
        "a:",
        "a:nothing.0:0",
        "a:nothing.0:99",
        "b:nothing",
        "n:nothing.0",
        "x" * 255,
        "a:\x00.0:1",
        "::::",
    ],
)
async def test_an_action_that_we_never_put_anywhere_does_nothing(hall: Hall, action: str) -> None:
    """Its sender is told that the control is gone, or nothing."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    before = len(hall.messages())
    with capture_logs() as logs:
        done = await hall.ann.press(question, action, force=True, value=action)

    assert done.acked
    assert faults(logs) == []
    assert (len(hall.messages()), answers(hall)) == (before, {})


async def test_an_option_that_there_is_not_is_no_answer(hall: Hall) -> None:
    """Nor is one of a question that was never asked."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    own = does(question, "a").rpartition(":")[0]
    with capture_logs() as logs:
        for forged in (f"{own}:4", f"{own}:-1", f"{own}:9999999999", f"{own.rpartition('.')[0]}.7:0"):
            done = await hall.ann.press(question, forged, force=True, value=forged)
            assert done.acked

    assert faults(logs) == []
    assert answers(hall) == {}


# -------------------------------------------------------------------------------------------- how it is made


MADE_WRONG: Final[Mapping[str, tuple[bytes, int]]] = {
    "cut off": (b'{"type": "event_callback", "event": {', MALFORMED),
    "a list": (b"[1, 2]", OK),
    "no object in the payload": (urlencode({"payload": "[1, 2]"}).encode(), MALFORMED),
    "no JSON in the payload": (b"payload=what+somebody+wrote", MALFORMED),
    "nothing in the payload": (b"payload=null", MALFORMED),
    "no text": (b"\xff\xfe{}", UNKNOWN),
    "nothing": (b"", OK),
    "deep": (b'{"event":' * 50_000, MALFORMED),
    "an unknown type": (b'{"type": "never_heard_of"}', OK),
    "an unknown event": (b'{"type": "event_callback", "team_id": "TEAM", "event": {"type": "new"}}', OK),
}


@pytest.mark.parametrize("made", MADE_WRONG)
async def test_a_signed_body_that_is_nothing_is_refused_in_peace(
    hall: Hall, made: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is Slack's, so nobody attacks us; nothing breaks, and nothing of it is logged."""
    body, expected = MADE_WRONG[made]
    with capture_logs() as logs:
        status = await sent_raw(hall, body.replace(b"TEAM", hall.team.id.encode()))

    assert status == expected
    assert faults(logs) == []
    assert kept_quiet(hall, logs, caplog.text)


async def test_a_body_that_is_too_large_is_not_read(hall: Hall) -> None:
    """Nobody has to sign anything to send a gigabyte."""
    async with aiohttp.ClientSession() as session:
        posting = session.post(str(hall.app.request_url), data=io.BytesIO(b"x" * ((1 << 20) + 1)))

        assert await status_of(posting) == TOO_LARGE


async def test_a_payload_with_anything_missing_or_changed_breaks_nothing(
    hall: Hall, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Part by part, in each kind of payload: it is answered, and nothing is raised past the adapter."""
    question = await lived(hall)
    rng = Random(7)
    bodies = list(broken(hall.server.traffic.dispatches()))
    with capture_logs() as logs:
        for number, (kind, body) in enumerate(rng.sample(bodies, SAMPLE)):
            if "trigger_id" in body:
                body["trigger_id"] = f"{number}.forged"
            if "event_id" in body:
                body["event_id"] = f"EvForged{number}"
            status = await sent_raw(hall, packed(kind, body))
            assert status in {OK, MALFORMED}, body
        await asyncio.sleep(0)
    said = capfd.readouterr()

    assert faults(logs) == []
    assert "Traceback" not in said.out + said.err + caplog.text
    assert kept_quiet(hall, logs, caplog.text)
    assert question.action_ids


JSON: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMED: Final = st.sampled_from(
    [
        *("type", "command", "event", "team", "team_id", "user"),
        *("user_id", "channel", "channel_id", "container", "view", "message"),
        *("actions", "item", "text", "trigger_id", "event_id", "response_url"),
        *("private_metadata", "state", "values", "callback_id", "action_id", "value"),
        *("ts", "thread_ts", "reaction", "tab", "tokens", "bot"),
        *("channel_type", "subtype", "id", "selected_option", "selected_options"),
    ]
)
TYPES: Final = st.sampled_from(
    [
        *(
            "block_actions",
            "view_submission",
            "block_suggestion",
            "message_action",
            "event_callback",
            "app_mention",
        ),
        *("message", "reaction_added", "app_home_opened", "tokens_revoked", "im", "checkboxes"),
    ]
)
PAYLOADS: Final = st.recursive(
    JSON | TYPES,
    lambda inner: st.dictionaries(NAMED, inner, max_size=6) | st.lists(inner, max_size=2),
    max_leaves=20,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMED, PAYLOADS, max_size=10))
def test_whatever_a_payload_holds_it_is_read_or_nothing(body: dict[str, Any]) -> None:
    """Every part of it can be asked for, and what is asked for is of the type that it is said to be."""
    asked = Asked(body, NOW)
    doing_of(asked)
    texts = (asked.type, asked.team, asked.user, asked.channel, asked.thread, asked.handle, asked.id)

    assert all(isinstance(one, str) for one in texts)
    assert isinstance(asked.at, datetime)
    assert isinstance(asked.place.id, str)
    assert isinstance(asked.response_url + asked.trigger + asked.in_view, str)
    assert asked.private in {True, False}


@settings(deadline=None)
@given(
    st.binary()
    | st.text().map(lambda text: f"payload={text}".encode(errors="replace"))
    | JSON.map(str).map(str.encode)
)
def test_whatever_a_body_holds_it_is_an_object_or_nothing(body: bytes) -> None:
    """Bolt raises at many of them, and nothing of that comes through."""
    request = request_of(body)

    assert request is None or isinstance(request.body, dict)


# ------------------------------------------------------------------------------------------------- the door


async def test_the_door_for_slack_opens_nothing_else(hall: Hall) -> None:
    """No page is below it, and everything beside it is guarded as it was."""
    events = str(hall.app.request_url)
    page = events.removesuffix("/slack/events")
    async with aiohttp.ClientSession() as session:
        asked = {
            "another method": session.get(events),
            "below": session.post(f"{events}/healthz"),
            "up and down": session.get(URL(f"{page}/slack/..%2fhealthz", encoded=True)),
            "beside": session.get(f"{page}/slack/"),
            "the page": session.get(f"{page}/"),
            "another host": session.get(f"{page}/healthz", headers={"Host": "evil.example"}),
            "another origin": session.get(f"{page}/socket", headers={"Origin": "http://evil.example"}),
        }
        found = {name: await status_of(request) for name, request in asked.items()}

    assert found == {
        "another method": 405,
        "below": FORBIDDEN,
        "up and down": NOT_FOUND,
        "beside": NOT_FOUND,
        "the page": FORBIDDEN,
        "another host": WRONG_HOST,
        "another origin": FORBIDDEN,
    }
