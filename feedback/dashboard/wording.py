"""What the desk says after a change, and its words for statuses and for who gave a label."""

from feedback.pages import plural
from feedback.remarks.triage import Outcome, Undone
from feedback.sorting.kinds import KINDS

STATUS_NAMES = {"new": "Waiting", "todo": "To do", "done": "Done", "declined": "Leaving as is"}
READ_NAMES = {"new": "Unread", "done": "Read"}
"""The same two statuses for what asks for nothing."""

STATUS_TABS = {"": "All", "new": "New", "todo": "To do", "done": "Done", "declined": "Leaving as is"}
"""The same tray by status, as its tabs are called."""

ORDERS = {"newest": "newest first", "oldest": "oldest first", "chapter": "in the order of the chapters"}

BULK = {
    "done": "Done, or read",
    "todo": "To do",
    "decline": "Leave as is",
    "new": "Back to new",
    "star": "Star",
    "unstar": "Unstar",
}
"""What can be done with several at once, besides filing them elsewhere."""

STANCE_CHOICES = {
    "positive": "They liked it",
    "negative": "A problem",
    "suggestion": "A suggestion",
    "neutral": "Just said",
}

FILLS = {
    "craft": "Typos, and notes on style, plot, characters, pacing and world, come here.",
    "story": "What readers felt, guessed and loved comes here.",
    "conversation": "Questions to you, and talk beside the story, come here.",
    "grammar": "Typos, missing words and slips of grammar come here, with the passage beside them.",
    "prose": "Notes on wording, voice and clarity come here.",
    "plot": "Notes on how the plot is built come here.",
    "character": "Notes on who your characters are come here.",
    "pacing": "Notes on what runs too fast or too slow come here.",
    "world": "Notes on your world, its rules and its contradictions come here.",
    "reaction": "What readers felt as they read comes here: laughing, crying, shouting at the page.",
    "theory": "Guesses at what comes next, and thoughts inside the story, come here.",
    "praise": "Thanks and kind words come here.",
    "question": "What readers would like to hear from you comes here.",
    "update": "Those who can't wait for the next chapter come here.",
    "off_topic": "Talk that is not about this story comes here.",
    "hostile": "Attacks and advertising would be kept here, folded, so that you meet none unprepared.",
}
"""What would fill an empty tray: by kind and by group."""

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
    return {"auto": "Sorted automatically.", "writer": f"Filed as {reader} said.", "author": "Filed by you."}[who]


def outcome(done: Outcome) -> str:
    """One or two sentences on what a change did, and did not do."""
    said = [_changed(done.action, done.changed)] if done.changed else []
    if done.not_asking:
        asks = "asks" if done.not_asking == 1 else "ask"
        it = "it stays" if done.not_asking == 1 else "they stay"
        said.append(f"{plural(done.not_asking, 'message')} {asks} for nothing, so {it} as read or unread.")
    if done.already and not done.changed:
        said.append("Nothing to change: that is how it was.")
    if not done.is_whole:
        said.append("Then the archive was too busy: the rest is as it was. Do the same again to go on.")
    return " ".join(said)


def _changed(action: str, n: int) -> str:
    kind = action.removeprefix("kind:")
    if kind in KINDS:
        return f"{n:,} filed under {KINDS[kind].label}."
    words = SEVERAL.get(action) if n > 1 else None
    return (words or DONE[action]).format(f"{n:,}")


def forgotten(n: int) -> str:
    """What was forgotten, and what that changes."""
    return f"Forgotten. {'It stays where you filed it.' if n == 1 else f'All {n:,} stay where you filed them.'}"


def undone(back: Undone) -> str:
    """What an undo did, and what it left alone."""
    said = []
    if back.restored:
        said.append(f"Undone: {back.restored:,} as before.")
    if back.left:
        was, stays = ("was", "stays as it is") if back.left == 1 else ("were", "stay as they are")
        said.append(f"{back.left:,} {was} changed since, and {stays}.")
    if not back.is_whole:
        said.append("Then the archive was too busy: undo again to go on.")
    return " ".join(said) or "There was nothing to undo."
