"""Settings: which source wins, what can't be read is said, the key is kept, and the README knows them all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from feedback.config import SETTINGS, Config, Setting, load, secret_key
from feedback.errors import Unusable

README = Path(__file__).parent.parent / "README.md"


def _load(folder: Path, file: str = "", **environ: str) -> Config:
    folder.mkdir(exist_ok=True)
    if file:
        (folder / "config.toml").write_text(file)
    return load(folder, environ)


def test_defaults(tmp_path: Path) -> None:
    config = _load(tmp_path)
    assert {name: value.value for name, value in config.values.items()} == {
        "database": "feedback.sqlite3",
        "secret_key": "",
        "base_url": "http://127.0.0.1:8000",
        "trusted_proxies": (),
        "reviews_per_hour": 20,
        "registrations_per_hour": 5,
        "login_failures_per_name": 10,
        "login_failures_per_address": 100,
        "reports_per_day": 20,
    }
    assert {value.source for value in config.values.values()} == {"default"}
    assert config.database == tmp_path / "feedback.sqlite3"
    assert not config.secure


def test_the_file_wins_over_defaults_and_the_environment_over_the_file(tmp_path: Path) -> None:
    config = _load(tmp_path, "reviews_per_hour = 7\nreports_per_day = 8\n", FEEDBACK_REPORTS_PER_DAY="9")
    shown = {name: (config[name], config.values[name].source) for name in ("reviews_per_hour", "reports_per_day")}
    assert shown == {"reviews_per_hour": (7, "config.toml"), "reports_per_day": (9, "environment")}


def test_a_list_in_the_file_is_as_good_as_words(tmp_path: Path) -> None:
    config = _load(tmp_path, 'trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]')
    assert config["trusted_proxies"] == ("127.0.0.1", "10.0.0.0/8")


def test_https_makes_cookies_secure(tmp_path: Path) -> None:
    config = _load(tmp_path, FEEDBACK_BASE_URL="https://desk.example/")
    assert config.secure
    assert config["base_url"] == "https://desk.example"


def test_an_absolute_database_is_taken_as_it_is(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    assert _load(tmp_path / "instance", FEEDBACK_DATABASE=str(elsewhere)).database == elsewhere


@pytest.mark.parametrize(
    ("file", "environ", "said"),
    [
        ("", {"FEEDBACK_REVIEWS_PER_HOUR": "many"}, "FEEDBACK_REVIEWS_PER_HOUR can't be 'many'"),
        ("", {"FEEDBACK_REVIEWS_PER_HOUR": "-1"}, "0 .off. or more"),
        ("", {"FEEDBACK_BASE_URL": "desk.example"}, "http:// or https://"),
        ("", {"FEEDBACK_TRUSTED_PROXIES": "proxy.example"}, "FEEDBACK_TRUSTED_PROXIES"),
        ("reports_per_day = 'x'", {}, "reports_per_day in config.toml can't be 'x'"),
        ("report_per_day = 1", {}, "a setting that does not exist: report_per_day"),
        ("reports_per_day = ", {}, "Can't read .*config.toml"),
    ],
)
def test_what_cant_be_read_is_named(file: str, environ: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=said):
        _load(tmp_path, file, **environ)


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    config = _load(tmp_path / "instance")
    key = secret_key(config)
    path = tmp_path / "instance" / "secret_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) >= 64
    assert secret_key(config) == key
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_keep_one_key(tmp_path: Path) -> None:
    config = _load(tmp_path / "instance")
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(secret_key(config))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 16
    assert len(set(keys)) == 1


def test_a_key_from_the_settings_is_not_written_down(tmp_path: Path) -> None:
    config = _load(tmp_path / "instance", FEEDBACK_SECRET_KEY="k" * 40)
    assert secret_key(config) == "k" * 40
    assert os.listdir(tmp_path / "instance") == []


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    config = _load(tmp_path / "instance")
    (tmp_path / "instance" / "secret_key").write_text("short")
    with pytest.raises(Unusable, match="too short"):
        secret_key(config)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: str(setting.name))
def test_the_readme_has_every_setting_with_its_default_and_help(setting: Setting) -> None:
    row = f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else '(none)'} | {setting.help} |"
    assert row in README.read_text(encoding="utf-8")
