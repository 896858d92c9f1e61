"""Fitting a reader's short proposal into the passage it corrects.

Readers rarely type the passage again: below a quotation they write "a sack of flour" or only "mill".
The proposal is aligned with the stretch of the passage it resembles most; what it does not touch stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from rapidfuzz.distance import Indel

from feedback.sorting.kinship import CLASSES, FORMS, is_homophone, letters
from feedback.sorting.wording import Word, words

LONGEST_PASSAGE = 160
LONGEST_PROPOSAL = 60
"""Words; the work of one alignment is at most their product."""

QUOTED = "\"'”’“‘"
MARKS = ".,;:!?…"

SAME_WORD = 0.0
PUT_IN = 1.0
TAKEN_OUT = 0.9
BY_EAR = 0.7
SAME_CLASS = 0.95
OTHER_CLASS = 1.5
LEAST_LIKENESS = 0.5
OTHER_INITIAL = 0.15

NEVER = 1e6
JOINED = 0.2

PUT, TAKE, SWAP, JOIN, PART = "put in", "take out", "swap", "join", "part"
ROWS = {PUT: 1, TAKE: 0, SWAP: 1, JOIN: 1, PART: 2}
COLUMNS = {PUT: 0, TAKE: 1, SWAP: 1, JOIN: 2, PART: 1}
"""How many words of the proposal and of the passage a step uses up."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that a proposal changes: those of the passage and those of the proposal, folded.

    ``follows`` is the word of the passage before it; ``held_before`` and ``held_after`` say whether a word that
    both have stands beside it.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    follows: str
    held_before: bool
    held_after: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A passage with a proposal fitted into it, how many words were the same, and what the rest cost.

    ``size`` is the proposal's in words; ``from_start`` whether it begins with the passage's first word,
    ``opens_with_new`` whether with a word of weight that the passage does not have.
    """

    fixed: str
    same: int
    content: int
    cost: float
    size: int
    from_start: bool
    opens_with_new: bool
    edits: tuple[Edit, ...]


def cells(passage: str, proposal: str) -> int:
    """The size of the table that fitting the two takes; its time grows with that."""
    return (passage.count(" ") + 1) * (proposal.count(" ") + 1)


def fit(passage: str, proposal: str) -> Fit | None:
    """Fit ``proposal`` into ``passage`` where it resembles it most; None for what is too long or empty."""
    old, new = words(passage), words(proposal)
    if not old or not new or len(old) > LONGEST_PASSAGE or len(new) > LONGEST_PROPOSAL:
        return None
    ours, theirs = [word.folded for word in old], [word.folded for word in new]
    table = _costs(ours, theirs)
    end = min(range(len(old) + 1), key=lambda column: (table[-1][column], -column))
    steps = _steps(ours, theirs, table, end)
    start = end - sum(COLUMNS[step] for step in steps)
    merged, same = _merged(old[start:end], new, steps)
    if start == 0 and steps[0] == SWAP and old[0].core[:1].isupper():
        merged[0] = _raised(merged[0])
    pieces = [*(word.text for word in old[:start]), *merged, *(word.text for word in old[end:])]
    return Fit(
        " ".join(pieces),
        len(same),
        sum(word not in CLASSES for word in same),
        table[-1][end],
        len(new),
        ours[0] == theirs[0],
        steps[0] == PUT and theirs[0] not in CLASSES,
        _edits(ours, theirs, steps, start),
    )


def _edits(old: Sequence[str], new: Sequence[str], steps: list[str], start: int) -> tuple[Edit, ...]:
    """The runs of steps that change something; the first step begins at the word ``start`` of the passage."""
    found: list[Edit] = []
    rows = list(accumulate((ROWS[step] for step in steps), initial=0))
    columns = list(accumulate((COLUMNS[step] for step in steps), initial=start))
    changed = [old[columns[at] : columns[at + 1]] != new[rows[at] : rows[at + 1]] for at in range(len(steps))]
    for is_change, group in groupby(range(len(steps)), key=changed.__getitem__):
        run = list(group)
        if is_change:
            first, last = run[0], run[-1] + 1
            follows = old[columns[first] - 1] if columns[first] else ""
            ours, theirs = tuple(old[columns[first] : columns[last]]), tuple(new[rows[first] : rows[last]])
            found.append(Edit(ours, theirs, follows, first > 0, last < len(steps)))
    return tuple(found)


def _costs(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """The least cost of having used the first ``row`` words of the proposal up to ``column`` of the passage.

    Where in the passage the proposal begins and ends is free.
    """
    table = [[0.0] * (len(old) + 1)]
    for row, word in enumerate(new):
        above, line = table[row], [table[row][0] + PUT_IN]
        taken_out = NEVER if row == len(new) - 1 else TAKEN_OUT
        swaps = {other: _swap_cost(word, other) for other in dict.fromkeys(old)}
        for column, other in enumerate(old):
            cost = min(above[column] + swaps[other], above[column + 1] + PUT_IN, line[column] + taken_out)
            if column and _is_joined(old, column, word):
                cost = min(cost, above[column - 1] + JOINED)
            if row and _is_parted(new, row, other):
                cost = min(cost, table[row - 1][column] + JOINED)
            line.append(cost)
        table.append(line)
    return table


def _is_joined(old: Sequence[str], column: int, word: str) -> bool:
    """Whether ``word`` is the words at ``column - 1`` and ``column`` written as one."""
    return word.startswith(old[column - 1]) and old[column - 1] + old[column] == word.replace("-", "")


def _is_parted(new: Sequence[str], row: int, other: str) -> bool:
    """Whether the proposal's words at ``row - 1`` and ``row`` are ``other`` written as two."""
    return other.startswith(new[row - 1]) and new[row - 1] + new[row] == letters(other)


def _swap_cost(one: str, two: str) -> float:
    if one == two:
        return SAME_WORD if one else 0.3
    alike = Indel.normalized_similarity(one, two)
    if alike >= LEAST_LIKENESS:
        return 0.3 + 0.9 * (1 - alike) + (OTHER_INITIAL if one[:1] != two[:1] else 0.0)
    if is_homophone(one, two) or one in FORMS.get(two, ()):
        return BY_EAR
    return SAME_CLASS if CLASSES.get(one) == CLASSES.get(two) else OTHER_CLASS


def _steps(old: Sequence[str], new: Sequence[str], table: list[list[float]], end: int) -> list[str]:
    """The way back through the table, as steps from the first word of the proposal to the last."""
    steps: list[str] = []
    row, column = len(new), end
    while row:
        step = _last_step(old, new, table, row, column)
        steps.append(step)
        row, column = row - ROWS[step], column - COLUMNS[step]
    return steps[::-1]


def _last_step(old: Sequence[str], new: Sequence[str], table: list[list[float]], row: int, column: int) -> str:
    here, word = table[row][column], new[row - 1]
    if column and here == table[row - 1][column - 1] + _swap_cost(word, old[column - 1]):
        return SWAP
    if here == table[row - 1][column] + PUT_IN:
        return PUT
    if column > 1 and _is_joined(old, column - 1, word) and here == table[row - 1][column - 2] + JOINED:
        return JOIN
    if row > 1 and _is_parted(new, row - 1, old[column - 1]) and here == table[row - 2][column - 1] + JOINED:
        return PART
    return TAKE


def _merged(old: list[Word], new: list[Word], steps: list[str]) -> tuple[list[str], list[str]]:
    """The proposal's words with the passage's case and punctuation where they have none, and those in both."""
    only_case = [word.folded for word in old] == [word.folded for word in new]
    pieces: list[Word] = []
    same: list[str] = []
    row, column = 0, 0
    for step in steps:
        row, column = row + ROWS[step], column + COLUMNS[step]
        if step == SWAP:
            before, after = old[column - 1], new[row - 1]
            pieces.append(_merge(before, after, row == 1 and not only_case, row == len(new)))
            same += [after.folded] if after.core and before.folded == after.folded else []
        elif step != TAKE:
            pieces += new[row - ROWS[step] : row]
    if steps[-1] == PUT:
        _carry_mark(pieces, old[-1].trail if old else "")
    if steps[0] == PUT:
        pieces[0] = _lowered_like(pieces)
    return [piece.text for piece in pieces], same


def _merge(old: Word, new: Word, first: bool, last: bool) -> Word:
    core = new.core
    if old.folded == new.folded and first:
        core = old.core
    elif first and core[:1].isupper() and old.core[:1].islower():
        core = core[:1].lower() + core[1:]
    lead = old.lead if first or not new.lead else new.lead
    return Word(lead, core, _trail(old, new, last))


def _raised(piece: str) -> str:
    """A passage's first word with a capital letter again."""
    at = next((at for at, character in enumerate(piece) if character.isalpha()), 0)
    return piece[:at] + piece[at : at + 1].upper() + piece[at + 1 :]


def _trail(old: Word, new: Word, last: bool) -> str:
    """The punctuation after a word: within the proposal its own, at its end the passage's unless it differs.

    A question mark at the very end is the reader's doubt, but when the word itself is unchanged and ends a
    sentence it is the correction.
    """
    if not last:
        return new.trail
    mark, own = old.trail.strip(QUOTED), new.trail.strip(QUOTED)
    if not own or not mark or mark == own or old.folded != new.folded:
        return old.trail
    return new.trail if new.trail != own else own + old.trail.lstrip(MARKS)


def _carry_mark(pieces: list[Word], mark: str) -> None:
    """A word put in at the end takes over the ``mark`` that ended the passage; its own "?" was a doubt."""
    last = pieces[-1]
    ends_sentence = bool(mark) and mark[0] in ".?!"
    if ends_sentence and len(pieces) > 1:
        pieces[-2] = Word(pieces[-2].lead, pieces[-2].core, "")
    pieces[-1] = Word(last.lead, last.core, mark if ends_sentence else last.trail.rstrip("?"))


def _lowered_like(pieces: list[Word]) -> Word:
    """A word put in first, in small letters where the reader only began a line with it."""
    first = pieces[0]
    if len(pieces) > 1 and pieces[1].core[:1].isupper():
        return first
    return Word(first.lead, first.core[:1].lower() + first.core[1:], first.trail)
