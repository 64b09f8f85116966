"""Settings from the environment are read strictly, and every problem is one sentence that names the setting."""

import dataclasses

import pytest

from campaign_site.env import PROJECT_DIR, Environment, SettingError, load_environment


def test_defaults_are_what_the_registry_says() -> None:
    env = load_environment({})
    assert (env.port, env.host, env.data_dir) == (8000, "127.0.0.1", PROJECT_DIR / "var")
    assert (env.demo, env.debug, env.behind_proxy) == (True, False, False)
    assert (env.database_url, env.secret_key, env.ffmpeg_bin) == ("", "", "")


def test_every_setting_explains_itself() -> None:
    for field in dataclasses.fields(Environment):
        assert field.metadata["help"].endswith("."), field.name


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("PORT", "80", 80),
        ("HOST", "0.0.0.0", "0.0.0.0"),
        ("HOST", "[::1]", "::1"),
        ("DEMO", "No", False),
        ("DEMO", "1", True),
        ("ALLOWED_HOSTS", "a.example, .b.example,", ("a.example", ".b.example")),
        ("BASE_URL", "https://clips.example/", "https://clips.example"),
        ("DATABASE_URL", "postgres://u:p@db:5432/x", "postgres://u:p@db:5432/x"),
        ("SANDBOX", "BWRAP", "bwrap"),
        ("LOG_LEVEL", "warning", "WARNING"),
        ("TIME_ZONE", "Europe/Kyiv", "Europe/Kyiv"),
        ("PORT", "  ", 8000),
        ("MEDIA_ACCEL", "/protected/", "/protected/"),
        ("ORIGINALS_REPLICA_DIR", "", None),
        ("ORIGINALS_REPLICA_DIR", "copies", PROJECT_DIR / "copies"),
    ],
)
def test_good_values(name: str, text: str, value: object) -> None:
    assert getattr(load_environment({name: text}), name.lower()) == value


WEB_ADDRESS = "an address that starts with http:// or https://"
TIME_ZONE = "a time zone, for example Europe/Brussels"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("PORT", "0", "a whole number from 1 to 65535"),
        ("PORT", "80a", "a whole number from 1 to 65535"),
        ("PORT", "٣٣", "a whole number from 1 to 65535"),
        ("HOST", "http://x", "an IP address or a host name"),
        ("DEMO", "maybe", "yes or no"),
        ("SANDBOX", "none", "one of auto, bwrap, landlock, rlimits"),
        ("TIME_ZONE", "Mars/Base", TIME_ZONE),
        ("TIME_ZONE", "../etc", TIME_ZONE),
        ("BASE_URL", "clips.example", WEB_ADDRESS),
        ("BASE_URL", "https://x:99999", WEB_ADDRESS),
        ("FFMPEG_BIN", "/nowhere/ffmpeg", "a program that exists and can be run"),
        ("ALLOWED_HOSTS", "https://x", "host names separated by commas, without scheme or port"),
        ("MEDIA_ACCEL", "protected", "a path that starts and ends with a slash, for example /protected/"),
        ("EMAIL_FROM", "nobody", "one email address"),
        ("DATA_DIR", "manage.py", "a folder"),
        ("ORIGINALS_REPLICA_DIR", "manage.py", "a folder"),
    ],
)
def test_bad_values_say_what_is_wanted(name: str, text: str, what: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_environment({name: text})
    assert str(caught.value) == f"{name} must be {what} (it is {text!r})."


@pytest.mark.parametrize(
    ("name", "text"),
    [("SECRET_KEY", "short-and-secret"), ("DATABASE_URL", "mysql://u:hidden@x/y"), ("EMAIL_URL", "x:hidden")],
)
def test_secrets_are_not_repeated(name: str, text: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_environment({name: text})
    assert text not in str(caught.value)


def test_the_prefix_wins() -> None:
    assert load_environment({"HOST": "x86_64-linux_gnu", "POLYPHONY_HOST": "127.0.0.2"}).host == "127.0.0.2"


def test_unknown_prefixed_names_stop_the_start() -> None:
    with pytest.raises(SettingError) as caught:
        load_environment({"POLYPHONY_PROT": "80"})
    assert str(caught.value) == "POLYPHONY_PROT is not a setting of this site. Did you mean POLYPHONY_PORT?"
