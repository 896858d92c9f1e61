"""feedback: a review desk for serial fiction."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

from flask import Flask

from feedback import assets, edge, pages
from feedback.config import Config, load, secret_key
from feedback.cookies import Sessions

# In the order of the rooms' directions; each has a blueprint `blueprint` in its views.
ROOMS = ("accounts", "library", "reviews", "dashboard", "moderation")


def create_app(config: Config | None = None) -> Flask:
    """The WSGI application for one installation. The database must have been migrated.

    :raises Unusable: when a setting can't be read or the secret key can't be kept.
    """
    config = config or load()
    app = Flask("feedback", static_folder=None, template_folder=str(_templates()))
    app.config.update(
        SECRET_KEY=secret_key(config),
        SESSION_COOKIE_NAME="feedback",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure,
        REMEMBER_COOKIE_NAME="feedback_remember",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=config.secure,
        REMEMBER_COOKIE_DURATION=timedelta(days=180),
        WTF_CSRF_TIME_LIMIT=None,
        # For requests to addresses that lead nowhere; those that lead somewhere get theirs at the edge.
        MAX_CONTENT_LENGTH=edge.BODY_LIMIT,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.session_interface = Sessions()
    assets.init_app(app)
    edge.init_app(app, config)
    pages.init_app(app)
    for room in ROOMS:
        app.register_blueprint(import_module(f"feedback.{room}.views").blueprint)
    return app


def _templates() -> Path:
    """Inside the installed package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"
