"""Every setting: its default, what it refuses, and how a wrong one stops the start."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from storefront import cli, create_app
from storefront.config.settings import DEMO_KEY, Settings, from_environment
from storefront.core import migrate
from tests.app_pool import close, own_folder

ROOT = Path(__file__).parents[3]
SETTINGS = {
    str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()
}
GOOD_PRODUCTION = {
    "STOREFRONT_ENV": "production",
    "SECRET_KEY": "s" * 32,
    "CODE_KEY": "c" * 32,
    "DATA_KEY": "d" * 32,
    "BASE_URL": "https://shop.example.jp",
    "TRUSTED_HOSTS": "shop.example.jp",
    "SMS_PROVIDERS": "twilio",
    "TWILIO_ACCOUNT_SID": "AC0",
    "TWILIO_AUTH_TOKEN": "token",
    "TWILIO_FROM": "+815012345678",
    "MAIL_URL": "smtp://mail.example.jp",
}

Environment = pytest.MonkeyPatch


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    """No setting but the test's own, and a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("STOREFRONT_INSTANCE", str(tmp_path / "instance"))
        yield patch


def read(environment: Environment, **variables: str) -> Settings:
    for name, value in variables.items():
        environment.setenv(name, value)
    return from_environment()


def complaints(
    environment: Environment, capsys: pytest.CaptureFixture[str], **variables: str
) -> list[str]:
    with pytest.raises(SystemExit) as ending:
        read(environment, **variables)
    assert ending.value.code == 1
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STOREFRONT_ENV", "prod"),
        ("STOREFRONT_ENV", "DEMO "),
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80.5"),
        ("HOST", "localhost"),
        ("HOST", "shop.example.jp"),
        ("HOST", "0.0.0.0:80"),
        ("BASE_URL", "shop.example.jp"),
        ("BASE_URL", "ftp://shop.example.jp"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://shop.example.jp/shop"),
        ("BASE_URL", "https://shop.example.jp?x=1"),
        ("BASE_URL", "https://user:secret@shop.example.jp"),
        ("BASE_URL", "https://shop example.jp"),
        ("BASE_URL", "https://shop.example.jp\nX"),
        ("BASE_URL", "http://["),
        ("BASE_URL", "http://127.0.0.1:99999"),
        ("BASE_URL", "javascript:alert(1)"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "x"),
        ("TRUSTED_PROXIES", "100"),
        ("SMS_PROVIDERS", "vonage"),
        ("SMS_PROVIDERS", "sandbox,carrier-pigeon"),
        ("SMS_PROVIDERS", ","),
        ("TWILIO_BASE_URL", "localhost"),
        ("MAIL_URL", "http://mail.example.jp"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example.jp:x"),
        ("MAIL_URL", "smtp://["),
        ("LIMITS", "none"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "nonsense://host/shop"),
        ("REDIS_URL", "nonsense"),
        ("STOREFRONT_INSTANCE", "/dev/null/instance"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_line_that_names_it(
    environment: Environment, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    variables = {"STOREFRONT_ENV": "demo", name: value}

    [line] = complaints(environment, capsys, **variables)

    assert line.startswith(f"storefront: {name}: ")


@pytest.mark.parametrize("name", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"])
def test_twilio_needs_each_of_its_settings(
    environment: Environment, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    variables = {**GOOD_PRODUCTION, name: ""}

    [line] = complaints(environment, capsys, **variables)

    assert line.startswith(f"storefront: {name}: ")


def test_every_wrong_setting_is_named_at_once(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = complaints(
        environment,
        capsys,
        **{**GOOD_PRODUCTION, "PORT": "no", "BASE_URL": "x", "REDIS_URL": "z", "DATA_KEY": ""},
    )

    named = [line.split(":")[1].strip() for line in lines]
    assert named == ["DATA_KEY", "PORT", "BASE_URL", "REDIS_URL"]


def test_settings_that_cannot_be_read_hide_no_other_fault(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"PORT": "abc", "TRUSTED_PROXIES": "x", "LIMITS": "none", "CODE_KEY": "short"}
    lines = complaints(environment, capsys, **{**GOOD_PRODUCTION, **wrong, "MAIL_URL": "y"})

    assert [line.split(":")[1].strip() for line in lines] == [
        *("CODE_KEY", "PORT", "TRUSTED_PROXIES", "MAIL_URL", "LIMITS"),
    ]


def test_an_unknown_environment_hides_no_fault_that_each_would_have(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = complaints(environment, capsys, STOREFRONT_ENV="prod", BASE_URL="x")

    assert [line.split(":")[1].strip() for line in lines] == ["STOREFRONT_ENV", "BASE_URL"]


@pytest.mark.parametrize("env", ["production", "demo"])
@pytest.mark.parametrize(
    "names",
    [
        ("SECRET_KEY", "CODE_KEY"),
        ("SECRET_KEY", "DATA_KEY"),
        ("CODE_KEY", "DATA_KEY"),
        ("SECRET_KEY", "CODE_KEY", "DATA_KEY"),
    ],
)
def test_one_secret_for_two_keys_is_refused_in_one_line(
    environment: Environment, capsys: pytest.CaptureFixture[str], env: str, names: tuple[str, ...]
) -> None:
    same = {**GOOD_PRODUCTION, "STOREFRONT_ENV": env, **dict.fromkeys(names, "x" * 32)}

    [line] = complaints(environment, capsys, **same)

    assert line.startswith(f"storefront: {', '.join(names)}: ")
    assert "x" * 32 not in line


def test_a_shared_secret_can_be_left_behind_by_the_fallbacks(environment: Environment) -> None:
    settings = read(environment, **GOOD_PRODUCTION, CODE_KEY_FALLBACKS="s" * 32)

    assert settings.former_keys("code_key") == ("s" * 32,)


@pytest.mark.parametrize("name", ["MAIL_URL", "DATABASE_URL", "REDIS_URL", "BASE_URL"])
def test_a_complaint_repeats_no_password(
    environment: Environment, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    variables = {"STOREFRONT_ENV": "demo", name: "x://user:hunter2@host:port"}

    assert "hunter2" not in "".join(complaints(environment, capsys, **variables))


def test_a_complete_production_starts(environment: Environment) -> None:
    settings = read(environment, **GOOD_PRODUCTION)

    assert settings.is_production
    assert settings.limits == "real"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", DEMO_KEY),
        ("SECRET_KEY", "short"),
        ("CODE_KEY", ""),
        ("CODE_KEY", DEMO_KEY),
        ("CODE_KEY", "short"),
        ("DATA_KEY", ""),
        ("DATA_KEY", DEMO_KEY),
        ("DATA_KEY", "short"),
        ("BASE_URL", "http://shop.example.jp"),
        ("BASE_URL", ""),
        ("TRUSTED_HOSTS", ""),
        ("TRUSTED_HOSTS", " , "),
        ("SMS_PROVIDERS", "sandbox"),
        ("SMS_PROVIDERS", "twilio,sandbox"),
        ("SMS_PROVIDERS", "sandbox_b,twilio"),
        ("SMS_PROVIDERS", ""),
        ("MAIL_URL", "sandbox:"),
        ("MAIL_URL", ""),
        ("LIMITS", "relaxed"),
    ],
)
def test_production_refuses(
    environment: Environment, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    variables = {**GOOD_PRODUCTION, name: value}

    [line] = complaints(environment, capsys, **variables)

    assert line.startswith(f"storefront: {name}: ")


def test_no_environment_at_all_is_production(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = complaints(environment, capsys)

    assert {line.split(":")[1].strip() for line in lines} >= {"SECRET_KEY", "CODE_KEY", "DATA_KEY"}


@pytest.mark.parametrize("env", ["demo", "development", "test"])
def test_outside_production_nothing_must_be_set(environment: Environment, env: str) -> None:
    settings = read(environment, STOREFRONT_ENV=env)

    assert settings.limits == "relaxed"
    assert settings.senders == ["sandbox"]
    assert settings.mail_url.get_secret_value() == "sandbox:"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.hosts == ["127.0.0.1", "localhost", "127.0.0.1"]


def test_the_address_follows_the_port(environment: Environment) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", PORT="9000")

    assert settings.base_url == "http://127.0.0.1:9000"


def test_the_shop_answers_to_the_host_of_its_address(environment: Environment) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", BASE_URL="http://shop.test:8000")

    assert settings.hosts == ["127.0.0.1", "localhost", "shop.test"]


def test_trusted_hosts_replace_the_default(environment: Environment) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", TRUSTED_HOSTS="a.test, b.test ,")

    assert settings.hosts == ["a.test", "b.test"]


def test_limits_can_be_real_outside_production(environment: Environment) -> None:
    assert read(environment, STOREFRONT_ENV="demo", LIMITS="real").limits == "real"


def test_the_database_is_sqlite_in_the_instance_folder(
    environment: Environment, tmp_path: Path
) -> None:
    settings = read(environment, STOREFRONT_ENV="demo")

    assert settings.database_url == f"sqlite:///{tmp_path}/instance/storefront.sqlite3"


@pytest.mark.parametrize("name", ["a%2Fb", "a?b=c", "a#b", "50%", "店 1", "a;b&c", "%(here)s"])
def test_any_folder_can_be_the_shops_own(seeded: Path, tmp_path: Path, name: str) -> None:
    folder = own_folder(seeded, tmp_path / name)
    app = create_app(Settings(storefront_env="test", instance=folder))

    with app.app_context():
        migrate.migrate()
        app.extensions["wake_worker"]()
        close(app)

    made = {path.name for path in folder.iterdir()}
    assert {"storefront.sqlite3", "queue.sqlite3", "static"} <= made
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_static_files_are_made_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "店 a%2Fb?c=d#e;f&g%(here)s"
    app = create_app(Settings(storefront_env="test", instance=folder))

    with app.test_request_context():
        made = folder / app.extensions["assets"].url("css/site.css").removeprefix("/")
    close(app)

    assert made.is_file()
    assert made.with_name(f"{made.name}.br").is_file()


@pytest.mark.parametrize("env", ["demo", "development", "test", "production"])
def test_only_this_machine_is_listened_to_unless_one_says_otherwise(
    environment: Environment, env: str
) -> None:
    settings = read(environment, **{**GOOD_PRODUCTION, "STOREFRONT_ENV": env})

    assert settings.listen_on == "127.0.0.1"
    assert read(environment, HOST="192.0.2.1").listen_on == "192.0.2.1"


def test_senders_keep_their_order(environment: Environment) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", SMS_PROVIDERS=" sandbox_b , sandbox ")

    assert settings.senders == ["sandbox_b", "sandbox"]


def test_an_empty_setting_is_as_none(environment: Environment) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", BASE_URL="", LIMITS="", PORT="")

    assert (settings.base_url, settings.limits) == ("http://127.0.0.1:8000", "relaxed")


@pytest.mark.parametrize(
    ("address", "host", "is_https"),
    [
        ("https://shop.example.jp/", "shop.example.jp", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
        ("https://shop.example.jp:8443", "shop.example.jp", True),
        ("http://[::1]:8000", "::1", False),
    ],
)
def test_the_address_tells_host_and_scheme(
    environment: Environment, address: str, host: str, is_https: bool
) -> None:
    settings = read(environment, STOREFRONT_ENV="demo", BASE_URL=address)

    assert (settings.host, settings.is_https) == (host, is_https)


def test_settings_do_not_show_their_secrets(environment: Environment) -> None:
    settings = read(environment, **GOOD_PRODUCTION, METRICS_TOKEN="m" * 32)

    shown = repr(settings)

    assert not any(secret in shown for secret in ("s" * 32, "c" * 32, "d" * 32, "m" * 32, "token'"))


def test_a_shop_with_a_folder_of_its_own_keeps_its_data_there(tmp_path: Path) -> None:
    settings = Settings(storefront_env="test", instance=tmp_path)

    assert settings.instance == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path}/storefront.sqlite3"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"STOREFRONT_ENV": "demo", "PORT": "abc"}, ["PORT"]),
        ({**GOOD_PRODUCTION, "SECRET_KEY": "", "LIMITS": "relaxed"}, ["SECRET_KEY", "LIMITS"]),
    ],
)
def test_a_server_that_imports_the_shop_stops_without_a_traceback(
    tmp_path: Path, variables: dict[str, str], named: list[str]
) -> None:
    own = {"PATH": os.environ["PATH"], "STOREFRONT_INSTANCE": str(tmp_path), **variables}

    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ended.returncode == 1
    assert [line.split(":")[1].strip() for line in ended.stderr.splitlines()] == named


def test_the_commands_are_listed_before_anything_is_set(environment: Environment) -> None:
    del environment  # nothing of it is set
    helped = CliRunner().invoke(cli.group, ["--help"])

    assert helped.exit_code == 0
    assert "Serve the shop and its worker" in helped.output
