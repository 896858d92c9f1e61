"""What an author sends as a chapter: checked and normalised, then turned into pages. Touches no database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from feedback import sanitize, text
from feedback.library.works import note

TITLE_LIMIT = 200
BODY_LIMIT = 500_000
NOTES_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A chapter's text as its author wrote it: what a version keeps."""

    title: str
    notes_before: str
    body: str
    notes_after: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A manuscript as pages: cleaned HTML, the plain text offsets count in, and its number of words."""

    notes_before_html: str
    body_html: str
    body_text: str
    notes_after_html: str
    words: int
    policy_version: int


def read(fields: Mapping[str, str]) -> Manuscript:
    """The manuscript in a form's fields ``title``, ``notes_before``, ``body`` and ``notes_after``.

    :raises Invalid: naming the field.
    """
    return Manuscript(
        title=text.line(fields.get("title"), limit=TITLE_LIMIT, field="title", what="A title", required=True),
        notes_before=_note(fields, "notes_before"),
        body=text.block(fields.get("body"), limit=BODY_LIMIT, field="body", what="A chapter", required=True),
        notes_after=_note(fields, "notes_after"),
    )


def is_other(typed: str, *known: str) -> bool:
    """Whether there are words in a form's ``body`` that none of the ``known`` texts is."""
    words = text.normalise(typed).strip()
    return not text.is_blank(words) and all(words != each.strip() for each in known)


def _note(fields: Mapping[str, str], name: str) -> str:
    return text.block(fields.get(name), limit=NOTES_LIMIT, field=name, what="A note")


def printed(manuscript: Manuscript) -> Printed:
    """Turn a manuscript into pages. Takes up to two seconds for 500,000 characters: never inside a transaction.

    :raises Invalid: naming the field that has too much markup in it, or nothing to see but markup.
    """
    body = sanitize.chapter_html(manuscript.body, "body")
    return Printed(
        notes_before_html=note(manuscript.notes_before, "notes_before"),
        body_html=body.html,
        body_text=body.text,
        notes_after_html=note(manuscript.notes_after, "notes_after"),
        words=text.words(body.text),
        policy_version=sanitize.POLICY_VERSION,
    )


def columns(manuscript: Manuscript, pages: Printed) -> dict[str, Any]:
    """Both, as the columns of a version."""
    return asdict(manuscript) | asdict(pages)
