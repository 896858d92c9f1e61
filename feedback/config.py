"""Settings: one row each. Defaults < ``instance/config.toml`` < ``FEEDBACK_*`` environment variables."""

import ipaddress
import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feedback.errors import Unusable


def _text(value: str) -> str:
    return value


def _limit(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("must be 0 (off) or more")
    return number


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must begin with http:// or https:// and name a host")
    return value.rstrip("/")


def _networks(value: str) -> tuple[str, ...]:
    names = tuple(part for part in value.replace(",", " ").split() if part)
    for name in names:
        ipaddress.ip_network(name, strict=False)
    return names


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in ``config.toml``, its default as typed, how it is read, and what it does."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return f"FEEDBACK_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("database", "feedback.sqlite3", _text, "The database file, relative to the instance folder."),
    Setting("secret_key", "", _text, "Signs cookies. Made and kept in the instance folder on first start.", True),
    Setting("base_url", "http://127.0.0.1:8000", _base_url, "The public address; https turns on Secure cookies."),
    Setting("trusted_proxies", "", _networks, "Addresses or networks whose X-Forwarded-For is believed."),
    Setting("reviews_per_hour", "20", _limit, "Reviews one reader may post in an hour; 0 = no limit."),
    Setting("registrations_per_hour", "5", _limit, "Accounts one address may make in an hour; 0 = no limit."),
    Setting(
        "login_failures_per_name",
        "10",
        _limit,
        "Failed log-ins in 15 minutes for one name from one address; 0 = no limit.",
    ),
    Setting(
        "login_failures_per_address",
        "100",
        _limit,
        "Failed log-ins in 15 minutes from one address; 0 = no limit.",
    ),
    Setting("reports_per_day", "20", _limit, "Reviews one reader may report in a day; 0 = no limit."),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value and where it came from: ``default``, ``config.toml`` or ``environment``."""

    setting: Setting
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one installation, read once at start."""

    instance: Path
    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    @property
    def database(self) -> Path:
        """The database file, absolute."""
        return self.instance / str(self["database"])

    @property
    def secure(self) -> bool:
        """Whether the site is served over https."""
        return str(self["base_url"]).startswith("https://")


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """``FEEDBACK_INSTANCE``, or ``./instance`` under the current folder."""
    return Path(environ.get("FEEDBACK_INSTANCE") or "instance").absolute()


def load(instance: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read every setting.

    :raises Unusable: naming the setting and its source when a value can't be read.
    """
    folder = instance or instance_folder(environ)
    from_file = _read_file(folder / "config.toml")
    return Config(folder, {setting.name: _read(setting, from_file, environ) for setting in SETTINGS})


def secret_key(config: Config) -> str:
    """The configured signing key, or the one kept in the instance folder, made on first use with mode 0600.

    :raises Unusable: when the folder can't be written.
    """
    if config["secret_key"]:
        return str(config["secret_key"])
    path = config.instance / "secret_key"
    try:
        config.instance.mkdir(parents=True, exist_ok=True)
        return _kept_key(path)
    except OSError as error:
        raise Unusable(f"Can't keep a secret key in {config.instance}: {error.strerror}.") from error


def _kept_key(path: Path) -> str:
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        # link(), unlike rename(), keeps the first key when two processes start at once.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(fresh)
    key = path.read_text().strip()
    if len(key) < 32:
        raise Unusable(f"The key in {path} is too short; delete the file to have a new one made.")
    return key


def _read_file(path: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"Can't read {path}: {error}") from error
    known = {setting.name for setting in SETTINGS}
    unknown = sorted(set(table) - known)
    if unknown:
        raise Unusable(f"{path} has a setting that does not exist: {unknown[0]}. See `feedback settings`.")
    return table


def _read(setting: Setting, from_file: Mapping[str, Any], environ: Mapping[str, str]) -> Value:
    if setting.variable in environ:
        raw, source, place = environ[setting.variable], "environment", setting.variable
    elif setting.name in from_file:
        raw, source = _typed(from_file[setting.name]), "config.toml"
        place = f"{setting.name} in config.toml"
    else:
        raw, source, place = setting.default, "default", setting.name
    try:
        return Value(setting, setting.parse(raw.strip()), source)
    except ValueError as error:
        raise Unusable(f"{place} can't be {raw!r}: {error}.") from error


def _typed(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
