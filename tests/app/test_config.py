"""The configuration: the file, the environment over it, and nothing that is not known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import SHORT_NAMES, Config, Slack, content_root, is_loopback, load, slack_by, sqlite_path
from bot.core.errors import ConfigError


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand in an empty folder, with no setting in the environment."""
    with monkeypatch.context() as place:
        place.chdir(tmp_path)
        for name in SHORT_NAMES:
            place.delenv(name, raising=False)
        yield


def test_without_anything_the_defaults_hold() -> None:
    """What somebody gets who has just cloned it."""
    config = load()

    assert config.database_url == "sqlite:///studyhall.db"
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8080)
    assert config.secrets() == ()
    assert content_root(config).name == "content"


def test_the_file_in_this_folder_is_read(tmp_path: Path) -> None:
    """``studyhall.yaml`` needs no option."""
    (tmp_path / "studyhall.yaml").write_text("web: {port: 9000}\nlog: {format: json}\n")

    config = load()

    assert (config.web.port, config.web.host, config.log.format) == (9000, "127.0.0.1", "json")


def test_another_file_can_be_named(tmp_path: Path) -> None:
    """Then the one in this folder is not read at all."""
    (tmp_path / "studyhall.yaml").write_text("web: {port: 9000}\n")
    (tmp_path / "other.yaml").write_text("web: {host: localhost}\n")

    config = load(Path("other.yaml"))

    assert (config.web.host, config.web.port) == ("localhost", 8080)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_says_nothing(tmp_path: Path, text: str) -> None:
    """A file may be begun before there is anything to write."""
    (tmp_path / "studyhall.yaml").write_text(text)

    assert load().web.port == 8080


def test_the_environment_wins_setting_by_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable replaces its own setting and leaves the rest of its group as the file has it."""
    (tmp_path / "studyhall.yaml").write_text("web: {port: 9000, host: localhost}\n")
    monkeypatch.setenv("STUDYHALL_WEB__PORT", "9001")

    config = load()

    assert (config.web.host, config.web.port) == ("localhost", 9001)


@pytest.mark.parametrize("name", SHORT_NAMES)
def test_the_names_that_other_tools_set_are_understood(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And our own name of the same setting wins over them."""
    section, key = SHORT_NAMES[name]
    monkeypatch.setenv(name, "from-elsewhere")
    assert held(load(), section, key) == "from-elsewhere"

    monkeypatch.setenv(f"STUDYHALL_{section}__{key}".upper(), "our-own-name")
    assert held(load(), section, key) == "our-own-name"


def held(config: Config, section: str, key: str) -> object:
    """Return what a setting holds, be it a secret."""
    value = getattr(getattr(config, section), key)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def test_every_secret_is_known_and_none_is_shown() -> None:
    """The logs are told each of them; printing the settings shows none."""
    config = Config.model_validate(
        {
            "database_url": "postgresql://hall:open%20sesame@db/hall",
            "web": {"token": "web-secret"},
            "discord": {"token": "discord-secret"},
            "slack": {
                "bot_token": "bot-secret",
                "app_token": "app-secret",
                "signing_secret": "sign-secret",
                "client_secret": "client-secret",
                "keys": ["new-key-secret", "old-key-secret"],
            },
            "tutor": {"api_key": "tutor-secret"},
        }
    )
    secrets = set(config.secrets())

    assert secrets >= {
        "web-secret",
        "discord-secret",
        "bot-secret",
        "app-secret",
        "sign-secret",
        "client-secret",
        "new-key-secret",
        "old-key-secret",
        "tutor-secret",
    }
    assert secrets >= {"open%20sesame", "open sesame"}
    assert "-secret" not in repr(config)


@pytest.mark.parametrize(
    "url,path",
    [
        ("sqlite:///hall.db", Path("hall.db")),
        ("sqlite:////var/lib/hall.db", Path("/var/lib/hall.db")),
        ("postgresql://db/hall", None),
        ("postgres://db/hall", None),
    ],
)
def test_the_database_is_a_file_or_a_server(url: str, path: Path | None) -> None:
    """Three slashes for a file beside us, four for one anywhere."""
    assert sqlite_path(Config.model_construct(database_url=url)) == path


@pytest.mark.parametrize(
    "url", ["hall.db", "sqlite://hall.db", "mysql://db/hall", "sqlite:///", "sqlite:///:memory:"]
)
def test_a_database_that_cannot_be_is_refused(url: str) -> None:
    """With what should stand there."""
    with pytest.raises(
        ConfigError, match=r"database_url should .*; sqlite:///studyhall\.db is the default\."
    ):
        sqlite_path(Config.model_construct(database_url=url))


def test_a_fault_in_the_file_does_not_repeat_the_line_it_is_in(tmp_path: Path) -> None:
    """The line may hold a secret; its number is enough."""
    (tmp_path / "studyhall.yaml").write_text("web:\n  port: 1\ndiscord: {token: my-secret-token\n")

    with pytest.raises(ConfigError, match=r"in line 4\.$") as caught:
        load()

    assert "my-secret-token" not in str(caught.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """One line each, so that nobody mends them one run after the other."""
    (tmp_path / "studyhall.yaml").write_text("web: {port: x, prot: 1}\ndatabase: here\n")

    with pytest.raises(ConfigError) as caught:
        load()

    assert len(str(caught.value).splitlines()) == 3


OAUTH = {
    "client_id": "123.456",
    "client_secret": "cs",
    "signing_secret": "ss",
    "keys": ["a passphrase of ours"],
    "redirect_url": "https://quiz.example.org/slack/oauth/callback",
}


def slack(**settings: object) -> Config:
    """Return a configuration with these settings of Slack, and no others at all."""
    return Config.model_construct(slack=Slack.model_validate(settings))


@pytest.mark.parametrize(
    "settings,way",
    [
        ({}, None),
        ({"api_url": "https://slack-gov.com/api/"}, None),
        ({"bot_token": "b", "app_token": "a"}, "socket"),
        ({"bot_token": "b", "app_token": "a", "signing_secret": "s"}, "socket"),
        ({"bot_token": "b", "signing_secret": "s"}, "requests"),
        (OAUTH, "oauth"),
        ({**OAUTH, "redirect_url": None}, "oauth"),
        ({**OAUTH, "redirect_url": "http://127.0.0.1:8080/slack/oauth/callback"}, "oauth"),
        ({**OAUTH, "redirect_url": "https://example.org/quiz/slack/oauth/callback"}, "oauth"),
    ],
)
def test_what_is_set_says_how_slack_reaches_us(settings: dict[str, object], way: str | None) -> None:
    """A socket where there is an app token, else signed requests: of one workspace, or of many."""
    assert slack_by(slack(**settings)) == way


@pytest.mark.parametrize(
    "settings,missing",
    [
        ({"bot_token": "b"}, ["app_token", "signing_secret"]),
        ({"app_token": "a"}, ["bot_token is missing"]),
        ({"signing_secret": "s"}, ["bot_token is missing", "client_id"]),
        ({**OAUTH, "client_id": None}, ["slack.client_id (SLACK_CLIENT_ID) missing"]),
        ({**OAUTH, "client_secret": None}, ["slack.client_secret (SLACK_CLIENT_SECRET) missing"]),
        ({**OAUTH, "signing_secret": None}, ["slack.signing_secret (SLACK_SIGNING_SECRET) missing"]),
        ({**OAUTH, "keys": []}, ["slack.keys (STUDYHALL_SLACK__KEYS) missing"]),
        ({"client_id": "123.456"}, ["client_secret", "signing_secret", "keys"]),
        ({"keys": ["a passphrase of ours"]}, ["client_id", "client_secret", "signing_secret"]),
        ({**OAUTH, "bot_token": "b"}, ["remove the one or the others"]),
        ({**OAUTH, "app_token": "a"}, ["remove the one or the others"]),
        ({**OAUTH, "keys": ["a passphrase of ours", "fifteen letters"]}, ["at least 16 characters"]),
    ],
)
def test_half_of_what_slack_needs_is_refused(settings: dict[str, object], missing: list[str]) -> None:
    """One sentence names what is missing, or what contradicts the rest, and shows no secret."""
    with pytest.raises(ConfigError) as caught:
        slack_by(slack(**settings))

    said = str(caught.value)
    assert [name for name in missing if name not in said] == []
    assert "passphrase" not in said
    assert "fifteen" not in said


@pytest.mark.parametrize(
    "url",
    [
        "http://quiz.example.org/slack/oauth/callback",
        "https://quiz.example.org/",
        "https://quiz.example.org/slack/oauth/callback?x=1",
        "https:///slack/oauth/callback",
        "https://[/slack/oauth/callback",
        "quiz.example.org/slack/oauth/callback",
    ],
)
def test_an_address_from_which_nobody_comes_back_is_refused(url: str) -> None:
    """With one that would do."""
    with pytest.raises(ConfigError, match=r"https://quiz\.example\.org/slack/oauth/callback\.$"):
        slack_by(slack(**{**OAUTH, "redirect_url": url}))


@pytest.mark.parametrize(
    "text", ["first passphrase, second passphrase", '["first passphrase", "second passphrase"]']
)
def test_keys_are_listed_in_one_variable(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With commas, or as JSON where a passphrase has commas of its own; the first one encrypts."""
    monkeypatch.setenv("STUDYHALL_SLACK__KEYS", text)

    config = load()

    assert [key.get_secret_value() for key in config.slack.keys] == ["first passphrase", "second passphrase"]
    assert "passphrase" not in repr(config)


def test_a_client_id_that_yaml_takes_for_a_number_is_refused(tmp_path: Path) -> None:
    """Its last digits would be lost without a word."""
    (tmp_path / "studyhall.yaml").write_text("slack: {client_id: 1234567890123456789.10}\n")

    with pytest.raises(ConfigError, match=r"slack\.client_id: input should be a valid string"):
        load()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_is_heard_by_this_machine_alone(host: str) -> None:
    """However it is written."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.5", "hall.example", "localhost.example"])  # noqa: S104
def test_anything_else_is_heard_more_widely(host: str) -> None:
    """Names are not looked up: who names one is told once too often rather than never."""
    assert not is_loopback(host)
