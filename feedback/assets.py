"""Static files under a name that changes with their content, so that browsers may keep them for a year."""

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

FOLDER = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600


def tree_hash(folder: Path) -> str:
    """One hash over all files: modules that import each other by relative path then change names together."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def init_app(app: Flask) -> None:
    """Serve ``/static/<hash>/<file>`` and give templates ``asset(name)``."""
    version = tree_hash(FOLDER)

    def static(version_: str, name: str) -> Response:
        if version_ != version:
            abort(404)
        answer = send_from_directory(FOLDER, name, max_age=A_YEAR)
        answer.cache_control.public = True
        answer.cache_control.immutable = True
        return answer

    def asset(name: str) -> str:
        return f"/static/{version}/{name}"

    app.add_url_rule("/static/<version_>/<path:name>", "static", static)
    app.jinja_env.globals["asset"] = asset
