"""What an author asks of reviewers: three presets or a choice per kind, shown to readers as an invitation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from feedback.errors import Invalid
from feedback.sorting.kinds import KINDS, kinds_of

CHOICES: dict[str, str] = {
    "welcome": "Welcome",
    "private": "Just to me",
    "unwelcome": "Not needed",
}
"""What an author can wish of one kind, and what the form calls it."""

WISHED_KINDS: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "hostile")
"""Nobody can wish for an attack, so that kind has no wish."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One of the ready-made answers: its name, one sentence about it, and the kinds it does not simply welcome."""

    label: str
    help: str
    differing: Mapping[str, str]


PRESETS: dict[str, Preset] = {
    "all": Preset("Everything welcome", "Reactions, critique, typos: readers may send anything.", {}),
    "corrections_private": Preset(
        "Corrections just to me", "Typos are welcome, as notes that only you see.", {"grammar": "private"}
    ),
    "story_only": Preset(
        "Story talk only",
        "What readers felt and thought, without corrections or critique.",
        dict.fromkeys(kinds_of("craft"), "unwelcome"),
    ),
}

# How the invitation speaks of each kind, in the order in which it names them.
_PHRASES: dict[str, str] = {
    "reaction": "what you felt",
    "theory": "theories",
    "praise": "what you liked",
    "question": "questions",
    "character": "the characters",
    "plot": "the plot",
    "world": "the world",
    "pacing": "the pacing",
    "prose": "the style",
    "grammar": "typos",
    "update": "asking for more",
    "off_topic": "chat",
}
_CRITIQUE = frozenset(kinds_of("craft")) - {"grammar"}
# Too small to be asked for by name when there is more to ask for.
_UNSPOKEN = ("praise", "update", "off_topic")


@dataclass(frozen=True, slots=True, eq=False)
class Wishes(Mapping[str, str]):
    """What is wished of each kind: ``welcome``, ``private`` or ``unwelcome``.

    ``choice`` is the preset's key or ``custom``; ``by_kind`` has every kind but ``hostile``.
    """

    choice: str
    by_kind: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> str:
        return self.by_kind[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_kind)

    def __len__(self) -> int:
        return len(self.by_kind)

    def wished(self, wish: str) -> list[str]:
        """The kinds of which ``wish`` is wished, in the invitation's order."""
        return [kind for kind in _PHRASES if self.by_kind[kind] == wish]


def made(choice: str, by_kind: Mapping[str, str] | None = None) -> Wishes:
    """The wishes of a preset, or of ``custom`` with ``by_kind``; what that leaves out is welcome."""
    differing = (by_kind or {}) if choice == "custom" else PRESETS[choice].differing
    return Wishes(choice, {kind: differing.get(kind, "welcome") for kind in WISHED_KINDS})


def read(form: Mapping[str, str], before: Wishes | None = None) -> Wishes:
    """The wishes a form asks for; a form that does not speak of them leaves ``before`` (or everything welcome).

    :raises Invalid: naming the field whose value is no choice.
    """
    choice = form.get("wishes") or (before.choice if before else "all")
    if choice != "custom" and choice not in PRESETS:
        raise Invalid("Please choose one of the wishes offered.", "wishes")
    if choice != "custom":
        return made(choice)
    return made(choice, {kind: _read_one(form, kind, before) for kind in WISHED_KINDS})


def _read_one(form: Mapping[str, str], kind: str, before: Wishes | None) -> str:
    name = f"wishes-{kind}"
    wish = form.get(name) or (before[kind] if before else "welcome")
    if wish not in CHOICES:
        raise Invalid(f"Please choose one of the wishes offered for “{KINDS[kind].label}”.", name)
    return wish


@dataclass(frozen=True, slots=True)
class Invitation:
    """The wishes as a reader meets them: plain sentences, then the author's own note as cleaned HTML."""

    sentences: tuple[str, ...]
    note_html: str


def invitation(author_name: str, wishes: Wishes, note_html: str) -> Invitation:
    """Put the wishes as an invitation in a sentence or three: what is loved, what is for the author alone, what is
    not needed."""
    return Invitation(tuple(_sentences(author_name, wishes)), note_html)


def _sentences(name: str, wishes: Wishes) -> Iterator[str]:
    welcome, private, unwelcome = (wishes.wished(wish) for wish in CHOICES)
    if len(private) == len(WISHED_KINDS):
        yield f"{name} would love to hear anything you thought, just between the two of you."
        return
    if not private and not unwelcome:
        yield f"{name} would love to hear anything: what you felt, theories, questions, typos too."
        return
    if welcome:
        yield f"{name} would love: {', '.join(_named(welcome, 'what worked and what did not'))}."
    if private:
        yield f"{_capital(_and(_named(private, 'critique')))}: yes please, just to {name}."
    if unwelcome:
        yield f"Not needed here: {', '.join(_named(unwelcome, 'critique'))}."


def _named(kinds: list[str], critique: str) -> list[str]:
    """The phrases of ``kinds``. All of the craft but the typos is named as one thing, ``critique``."""
    spoken = [kind for kind in kinds if kind not in _UNSPOKEN] or kinds
    if not _CRITIQUE.issubset(spoken):
        return [_PHRASES[kind] for kind in spoken]
    others = [_PHRASES[kind] for kind in spoken if kind not in _CRITIQUE and kind != "grammar"]
    return [*others, critique, *(["typos"] if "grammar" in spoken else [])]


def _and(phrases: list[str]) -> str:
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
