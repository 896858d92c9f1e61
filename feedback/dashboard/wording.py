"""What the desk says after a change, and its words for statuses and for who gave a label."""

from feedback.pages import plural
from feedback.remarks.triage import Outcome, Undone
from feedback.sorting.kinds import KINDS

STATUS_NAMES = {"new": "Waiting", "todo": "To do", "done": "Done", "declined": "Leaving as is"}
READ_NAMES = {"new": "Unread", "done": "Read"}
"""The same two statuses for what asks for nothing."""

STANCE_NAMES = {"positive": "liked it", "negative": "a problem", "suggestion": "a suggestion", "neutral": ""}

DONE = {
    "todo": "{} put on your list.",
    "done": "{} marked as done.",
    "decline": "{} left as is.",
    "new": "{} back where it was new.",
    "star": "{} starred.",
    "unstar": "{} unstarred.",
    "split": "Cut in two.",
    "join": "Joined.",
}
SEVERAL = {"decline": "{} left as they are.", "new": "{} back where they were new."}


def status_name(status: str, asks: bool) -> str:
    """A status in the author's words; what asks for nothing is only read or unread."""
    return STATUS_NAMES[status] if asks else READ_NAMES[status]


def sorted_by(who: str, reader: str) -> str:
    """Who put it into this tray."""
    return {"auto": "sorted automatically", "writer": f"as {reader} says", "author": "as you filed it"}[who]


def outcome(done: Outcome) -> str:
    """One or two sentences on what a change did, and did not do."""
    said = [_changed(done.action, done.changed)] if done.changed else []
    if done.not_asking:
        asks = "asks" if done.not_asking == 1 else "ask"
        it = "it stays" if done.not_asking == 1 else "they stay"
        said.append(f"{plural(done.not_asking, 'message')} {asks} for nothing, so {it} as read or unread.")
    if done.already and not done.changed:
        said.append("Nothing to change: that is how it was.")
    return " ".join(said)


def _changed(action: str, n: int) -> str:
    kind = action.removeprefix("kind:")
    if kind in KINDS:
        return f"{n:,} filed under {KINDS[kind].label}."
    words = SEVERAL.get(action) if n > 1 else None
    return (words or DONE[action]).format(f"{n:,}")


def undone(back: Undone) -> str:
    """What an undo did, and what it left alone."""
    said = []
    if back.restored:
        said.append(f"Undone: {back.restored:,} as before.")
    if back.left:
        was, stays = ("was", "stays as it is") if back.left == 1 else ("were", "stay as they are")
        said.append(f"{back.left:,} {was} changed since, and {stays}.")
    return " ".join(said) or "There was nothing to undo."
