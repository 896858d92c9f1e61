"""The vocabulary of sorting: kinds, their groups and names, and stances.

One table says everything a kind is; the schema, the trays, the forms and the model's labels are all made
from it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a remark is about.

    ``key`` is the stored and exported word, ``group`` the tray group it stands in, ``label`` the only name a
    person sees, ``help`` one plain sentence for the desk and the wishes form.
    """

    key: str
    group: str
    label: str
    help: str


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("grammar", "craft", "Typos & grammar", "Spelling, grammar, punctuation, missing words."),
        Kind("prose", "craft", "Style & clarity", "How it is written: voice, wording, dialogue, clarity."),
        Kind("plot", "craft", "Plot", "How the plot is built: causes, twists, stakes, endings."),
        Kind("character", "craft", "Characters", "Motivation, depth, consistency, relationships."),
        Kind("pacing", "craft", "Pacing", "Speed, length, rushed or slow stretches."),
        Kind("world", "craft", "World & canon", "Setting, rules, continuity, real-world facts."),
        Kind("reaction", "story", "Reactions", "What the reader felt: laughing, crying, shock, delight."),
        Kind("theory", "story", "Theories & thoughts", "Guesses, predictions and thoughts inside the story."),
        Kind("praise", "story", "Kind words", "Approval and thanks."),
        Kind("question", "conversation", "Questions", "Something the reader would like to hear from you."),
        Kind("update", "conversation", "More, please", "Asking for more, or about the schedule."),
        Kind("off_topic", "conversation", "Chat", "Not about this story."),
        Kind("hostile", "abuse", "Set aside", "An attack on a person, or advertising."),
    )
}

GROUPS: dict[str, str] = {
    "craft": "Craft",
    "story": "Story",
    "conversation": "Conversation",
    "abuse": "Set aside",
}

STANCES: tuple[str, ...] = ("positive", "negative", "suggestion", "neutral")


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of ``group``, in the order of the table."""
    return tuple(kind.key for kind in KINDS.values() if kind.group == group)


def asks(kind: str, stance: str) -> bool:
    """Whether a remark asks the author for something, and so waits as new, to do, done or left as is.

    Grammar notes, questions, and craft notes that see a problem or suggest a change do; everything else is
    only read or unread.
    """
    if kind in ("grammar", "question"):
        return True
    return KINDS[kind].group == "craft" and stance in ("negative", "suggestion")
