"""What the emulated Discord refuses: each limit with its status, its code and the place of what is wrong."""

from collections.abc import AsyncIterator

import pytest

from tests.emulators.discord import text_of
from tests.emulators.discord_desks import Desk, Json, desk

V2 = 1 << 15


@pytest.fixture(name="desk")
async def opened() -> AsyncIterator[Desk]:
    """A server without a bot."""
    async with desk() as it:
        yield it


def text(content: str = "x", **more: object) -> Json:
    """Return a text display."""
    return {"type": 10, "content": content, **more}


def button(custom_id: str = "a", **more: object) -> Json:
    """Return a button."""
    return {"type": 2, "style": 2, "label": "A", "custom_id": custom_id, **more}


def row(*inside: Json) -> Json:
    """Return a row."""
    return {"type": 1, "components": list(inside)}


def box(*inside: Json, **more: object) -> Json:
    """Return a container."""
    return {"type": 17, "components": list(inside), **more}


def select(count: int = 1, **more: object) -> Json:
    """Return a select with *count* options."""
    options = [{"label": str(n), "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def gallery(*urls: str, **more: object) -> Json:
    """Return a media gallery."""
    return {"type": 12, "items": [{"media": {"url": url}, **more} for url in urls]}


FINE: dict[str, list[Json]] = {
    "forty components": [box(*(text() for _ in range(39)))],
    "four thousand characters": [text("x" * 4000)],
    "a full row": [row(*(button(str(n)) for n in range(5)))],
    "a full select": [row(select(25, max_values=25))],
    "a label of eighty": [row(button(label="x" * 80))],
    "a custom id of a hundred": [row(button("x" * 100))],
    "a link": [row({"type": 2, "style": 5, "label": "Go", "url": "https://example.org/"})],
    "ten pictures": [gallery(*["https://example.org/a.png"] * 10, description="x" * 1024)],
    "a section": [{"type": 9, "components": [text()], "accessory": button()}],
    "ids up to the limit": [box(text(id=2**31 - 1), id=1)],
}


@pytest.mark.parametrize("what", FINE)
async def test_what_keeps_the_limits_is_shown(desk: Desk, what: str) -> None:
    """The limits are not too strict either."""
    status, answer = await desk.post(flags=V2, components=FINE[what])

    assert status == 200, answer
    assert all(part["id"] for part in answer["components"])


WRONG: dict[str, tuple[list[Json], tuple[str, ...], str]] = {
    "41 components": (
        [box(*(text() for _ in range(40)))],
        ("components",),
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "4,001 characters": (
        [text("x" * 2001), text("x" * 2000)],
        ("components",),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "an empty text": ([text("")], ("components", "0", "content"), "BASE_TYPE_REQUIRED"),
    "six buttons": (
        [row(*(button(str(n)) for n in range(6)))],
        ("components", "0", "components"),
        "BAD_LENGTH",
    ),
    "a select beside a button": (
        [row(select(), button())],
        ("components", "0", "components"),
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "a long label": (
        [row(button(label="x" * 81))],
        ("components", "0", "components", "0", "label"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a long custom id": (
        [row(button("x" * 101))],
        ("components", "0", "components", "0", "custom_id"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a button without a label": (
        [row(button(label=""))],
        ("components", "0", "components", "0"),
        "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
    ),
    "a custom id twice": (
        [row(button("a"), button("a"))],
        ("components", "0", "components", "1", "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "an id twice": ([text(id=3), text(id=3)], ("components", "1", "id"), "COMPONENT_ID_DUPLICATED"),
    "an id that is too large": ([text(id=2**31)], ("components", "0", "id"), "NUMBER_TYPE_MAX"),
    "26 options": (
        [row(select(26))],
        ("components", "0", "components", "0", "options"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a long option": (
        [row({**select(), "options": [{"label": "x" * 101, "value": "v"}]})],
        ("components", "0", "components", "0", "options", "0", "label"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a value twice": (
        [row({**select(), "options": [{"label": "x", "value": "v"}] * 2})],
        ("components", "0", "components", "0", "options", "1", "value"),
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "more picks than options": (
        [row(select(2, max_values=3))],
        ("components", "0", "components", "0", "max_values"),
        "SELECT_COMPONENT_MAX_VALUES_TOO_MANY",
    ),
    "a long placeholder": (
        [row(select(placeholder="x" * 151))],
        ("components", "0", "components", "0", "placeholder"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    "11 pictures": (
        [gallery(*["https://example.org/a.png"] * 11)],
        ("components", "0", "items"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a long description": (
        [gallery("https://example.org/a.png", description="x" * 1025)],
        ("components", "0", "items", "0", "description"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a picture that was not uploaded": (
        [gallery("attachment://a.png")],
        ("components", "0", "items", "0", "media", "url"),
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    "a container in a container": ([box(box(text()))], ("components", "0", "components", "0"), "UNION_TYPE"),
    "a button without a row": ([button()], ("components", "0", "type"), "UNION_TYPE_CHOICES"),
    "a colour that is none": ([box(text(), accent_color=2**24)], ("components", "0"), "NUMBER_TYPE_MAX"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_breaks_a_limit_of_a_layout_is_refused(desk: Desk, what: str) -> None:
    """The answer says where, and with which code; nothing is shown."""
    components, place, code = WRONG[what]
    status, answer = await desk.post(flags=V2, components=components)

    assert (status, answer["code"], answer["message"]) == (400, 50035, "Invalid Form Body")
    wrong = answer["errors"]
    for step in place:
        wrong = wrong[step]
    assert code in str(wrong)
    assert desk.ann.seen(desk.channel) == []


BODIES: dict[str, tuple[Json, int, str]] = {
    "an empty message": ({}, 50006, "Cannot send an empty message"),
    "a long text": ({"content": "x" * 2001}, 50035, "BASE_TYPE_MAX_LENGTH"),
    "text beside components": (
        {"content": "x", "flags": V2, "components": [text()]},
        50035,
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "components without the flag": ({"components": [text()]}, 50035, "UNION_TYPE_CHOICES"),
    "six rows": (
        {"content": "x", "components": [row(button(str(n))) for n in range(6)]},
        50035,
        "BAD_LENGTH",
    ),
    "a long nonce": ({"content": "x", "nonce": "n" * 26}, 50035, "NONCE_TYPE_TOO_LONG"),
    "eleven embeds": ({"embeds": [{"title": "x"}] * 11}, 50035, "BASE_TYPE_BAD_LENGTH"),
    "a long title": ({"embeds": [{"title": "x" * 257}]}, 50035, "BASE_TYPE_MAX_LENGTH"),
    "too much embedded": ({"embeds": [{"description": "x" * 3001}] * 2}, 50035, "MAX_EMBED_SIZE_EXCEEDED"),
    "26 fields": ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, 50035, "BAD_LENGTH"),
    "unclear mentions": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        50035,
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    "a reply to nothing": (
        {"content": "x", "message_reference": {"message_id": "1"}},
        50035,
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
}


@pytest.mark.parametrize("what", BODIES)
async def test_what_breaks_a_limit_of_a_message_is_refused(desk: Desk, what: str) -> None:
    """Texts, embeds, nonces and mentions have limits of their own."""
    body, code, said = BODIES[what]
    status, answer = await desk.post(**body)

    assert (status, answer["code"]) == (400, code)
    assert said in str(answer)


async def test_a_file_above_the_limit_is_refused(desk: Desk) -> None:
    """Ten megabytes pass, one byte more does not."""
    status, answer = await desk.upload("{}", large=b"x" * (10 * 1024 * 1024 + 1))
    assert (status, answer["code"]) == (413, 40005)

    status, answer = await desk.upload("{}", large=b"x" * (10 * 1024 * 1024))
    assert (status, answer["attachments"][0]["size"]) == (200, 10 * 1024 * 1024)


async def test_a_message_of_components_stays_one(desk: Desk) -> None:
    """An edit cannot turn it into text, nor show a file that is not there; one that is there it can."""
    _, sent = await desk.post(flags=V2, components=[text()])
    path = f"/channels/{desk.channel.id}/messages/{sent['id']}"

    assert (await desk.ask("PATCH", path, {"content": "x"}))[1]["code"] == 50035
    assert (await desk.ask("PATCH", path, {"components": []}))[1]["code"] == 50006
    assert (await desk.ask("PATCH", path, {"components": [gallery("attachment://a.png")]}))[0] == 400
    assert (await desk.ask("PATCH", path, {"components": [text("y")]}))[0] == 200
    assert [text_of(message) for message in desk.ann.seen(desk.channel)] == ["y"]


async def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    """Channels, messages, interactions, webhooks, commands, guilds, users and paths."""
    asked = [
        ("GET", "/channels/1/messages", 10003),
        ("GET", f"/channels/{desk.channel.id}/messages/1", 10008),
        ("PATCH", f"/channels/{desk.channel.id}/messages/1", 10008),
        ("DELETE", f"/channels/{desk.channel.id}/messages/1", 10008),
        ("POST", "/interactions/1/token/callback", 10062),
        ("POST", f"/webhooks/{desk.app.id}/token", 10015),
        ("DELETE", f"/applications/{desk.app.id}/commands/1", 10063),
        ("GET", "/guilds/1", 10004),
        ("GET", "/users/1", 10013),
        ("GET", "/nowhere", 0),
    ]
    answers = [await desk.ask(method, path, {} if method != "GET" else None) for method, path, _ in asked]

    assert [(status, answer["code"]) for status, answer in answers] == [(404, code) for _, _, code in asked]


async def test_a_wrong_token_is_unauthorized(desk: Desk) -> None:
    """Nothing is told to whoever has no token."""
    url = f"{desk.server.address}/api/v10/users/@me"
    async with desk.session.get(url, headers={"Authorization": "Bot wrong"}) as answer:
        assert (answer.status, await answer.json()) == (401, {"message": "401: Unauthorized", "code": 0})
    assert desk.server.traffic.unwelcome == 1


async def test_what_is_no_json_is_refused(desk: Desk) -> None:
    """A body that cannot be read changes nothing."""
    url = f"{desk.server.address}/api/v10/channels/{desk.channel.id}/messages"
    headers = {"Authorization": f"Bot {desk.app.token}", "Content-Type": "application/json"}
    async with desk.session.post(url, data="{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50109)


async def test_twenty_different_reactions_are_the_most(desk: Desk) -> None:
    """One more of those that are there is fine; letters are no emoji."""
    _, sent = await desk.post(content="x")
    path = f"/channels/{desk.channel.id}/messages/{sent['id']}/reactions"
    letters = [chr(0x1F1E6 + n) for n in range(21)]
    (message,) = desk.ann.seen(desk.channel)
    for letter in letters[:19]:
        await desk.ann.react(message, letter)

    assert (await desk.ask("PUT", f"{path}/{letters[19]}/@me"))[0] == 204
    assert (await desk.ask("PUT", f"{path}/{letters[0]}/@me"))[0] == 204
    assert (await desk.ask("PUT", f"{path}/{letters[20]}/@me"))[1]["code"] == 30010
    assert (await desk.ask("PUT", f"{path}/smile/@me"))[1]["code"] == 10014
    assert (await desk.ask("DELETE", f"{path}/{letters[0]}/{desk.ann.user.id}"))[1]["code"] == 50013


async def test_an_archived_thread_opens_with_a_message_unless_it_is_locked(desk: Desk) -> None:
    """In an archived thread nothing that is there can be changed."""
    world = desk.server.world
    thread = world.thread(desk.channel, "aside", desk.ann.user)
    path = f"/channels/{thread.id}/messages"
    _, sent = await desk.ask("POST", path, {"content": "x"})
    world.archive(thread)

    assert (await desk.ask("PATCH", f"{path}/{sent['id']}", {"content": "y"}))[1]["code"] == 50083
    assert (await desk.ask("PUT", f"{path}/{sent['id']}/reactions/🇦/@me"))[1]["code"] == 50083
    assert (await desk.ask("POST", path, {"content": "z"}))[0] == 200
    assert not thread.archived
    world.archive(thread, locked=True)
    assert (await desk.ask("POST", path, {"content": "z"}))[1]["code"] == 50083


async def test_whom_a_message_calls_depends_on_what_it_allows(desk: Desk) -> None:
    """Everyone, roles and people; in a text of components as well."""
    world, guild = desk.server.world, desk.channel.guild
    assert guild is not None
    role = world.role(guild, "mods")
    said = f"@everyone <@&{role.id}> <@{desk.ann.user.id}>"
    await desk.post(content=said)
    await desk.post(flags=V2, components=[text(said)], allowed_mentions={"parse": []})
    await desk.post(flags=V2, components=[text(said)], allowed_mentions={"roles": [str(role.id)]})

    all_, none, one = (message.pinged for message in desk.ann.seen(desk.channel))
    assert (all_.everyone, all_.roles, all_.users) == (True, (role.id,), (desk.ann.user.id,))
    assert not none
    assert (one.everyone, one.roles, one.users) == (False, (role.id,), ())
