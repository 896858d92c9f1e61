"""Where one sentence turns from one job to another: "loved it, but your tenses slip".

Nearly every sentence is one remark. It is parted only where a turn ("but", "and", a dash, an emoticon) has
words on either side that plainly do different jobs: the mistake the other way - a reader's thought cut in
two - would happen far more often and read far worse.
"""

import re
from collections.abc import Iterator, Sequence

from feedback.sorting.sentences import EMOTICON

LONGEST_SENTENCE = 400
FEWEST_WORDS = 2
"""Each part must be a clause of its own of at least this many words."""

LONGEST_MARK = 12
STRONG = "but|though|although|however|yet(?! another)|and"
"""Words that turn without a mark before them."""

WEAK = (
    "also|plus|hope|please|pls|plz|can't|cant|can|update|your|there|watch|check|thank|thanks|thx|just|only|needs?|why|when|how"
    "|what|will|are|is|did|do|does"
)
"""Words that turn after a mark."""

TURN = re.compile(
    rf"\s+(?:(?P<strong>{STRONG})\b|(?P<weak>{WEAK})\b|(?<=[^\w\s,]\s|[DPpOoT3]\s)(?P<any>\w))", re.IGNORECASE
)
MARK = re.compile(rf"(?:[,;…–—]|\s-{{1,2}}|\.{{2,}}|(?<!\w){EMOTICON})$")
OPENS = frozenset({"grammar", "update", "thanks"})
"""Any word may turn after a dash, a semicolon, an emoticon or dots, but only to one of these jobs: what follows
there is mostly the reason of what was said before."""

UNFINISHED = re.compile(
    r"\b(?:and|or|with|of|to|for|in|on|at|an?|the|that|as|if|because|so|not|was|is|are)\s*$", re.IGNORECASE
)
OPEN_PARENTHESIS = re.compile(r"(?<![:;=-])\([^()]*$")
CLAIM = re.compile(
    r"\b(?:is|are|was|were|isn't|wasn't|aren't|weren't|feels?|felt|fell|seems?|seemed|drags?|dragged|slips?|needs?)\b",
    re.IGNORECASE,
)
NEAR = 14
"""Characters before a word of the craft in which a verb still speaks of it: "was a bit rushed"."""

JOBS = {
    "thanks": "thanks|thank you|thx|ty for|kudos",
    "update": r"updates?|updating|next (?:chapter|chap|part|one|update)(?! (?:explain|clear|answer|was|did|show))"
    r"|more soon|continue(?: (?:it|this|soon))?"
    r"|upload(?: soon)?|post more|write more|more chapters",
    "grammar": r"typos?|grammar|spelling|misspell\w*|punctuation|commas?|tenses?|apostrophes?|proof-?read\w*"
    r"|capitali[sz]\w+|run-?ons?|homophones?|your/you're|there/their|spell-?check\w*|beta reader"
    r"|(?:needs?|want|get|find) (?:an? )?(?:good |better )?(?:editor|beta)",
    "pacing": r"pacing|pace|rushed|dragg(?:ed|ing|y)|drags|too (?:long|short|fast|slow|slowly|quick|quickly)"
    r"|info-?dumps?|exposition",
    "prose": r"dialogues?|descriptions?|prose|paragraphs?|formatting|point of view|pov|stilted|wooden|repetitive"
    r"|confus(?:ed|ing)|too (?:wordy|much telling)",
    "plot": r"plot ?holes?|plot|twists?",
    "character": r"characteri[sz]ation|out of character|ooc|(?:feels?|felt|fell|seems?|seemed|is|are|was|were)"
    r" (?:a bit |a little |rather |so |too |very )?(?:flat|one-dimensional|two-dimensional|cardboard|underdeveloped)",
    "praise": r"loved?|loving|adore[ds]?|liked|great|awesome|amazing|brilliant|fantastic|wonderful|excellent|good"
    r"|nice|lovely|enjoy(?:ed|ing)?|beautiful\w*|best|perfect|cool|superb|incredible|fun|omg|well done|well written",
}
"""Words that name a job. Praise counts only where nothing else is named."""

CRAFT = frozenset(JOBS) - {"thanks", "update", "praise"}
NAMED = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in JOBS.items()), re.IGNORECASE)

ASKS = re.compile(
    r"^(?:(?:but|and|so|also|however|though)\b,? )?(?:just )?(?:why|when|how|what|who|where|which|will|can|could|did"
    r"|do|does|is|are|was|were|have|has)\b.*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)
GUESSES = re.compile(
    r"\bi (?:think|bet|suspect|guess|reckon|wonder (?:if|whether)) (?:that )?"
    r"(?!it|that|this|you|your|i\b|i'|we|there|the (?:story|chapter|writing|fic|book|pace|plot|author)|maybe|so)\w",
    re.IGNORECASE,
)
OF_THE_STORY = re.compile(
    r"^\W*(?:(?:but|i|we|really|just|absolutely|totally|so|such|what|an?|this|that|was|is|oh|wow|and|the|it|it's|very)"
    r"\W+)*(?:(?:loved?|loving|liked|enjoy(?:ed|ing)?|adored?) (?:it|this|that|the|your|every|all|reading)|(?:great"
    r"|awesome|amazing|good|nice|excellent|fantastic|wonderful|brilliant|lovely|cool|fun|perfect|best) (?:\w+ )?"
    r"(?:chapter|story|fic|work|job|read|update|one|stuff|start|ending|scene|fight|twist))\b",
    re.IGNORECASE,
)
"""Praise that cannot be about a person in the story: only this is told apart from talk inside it."""


def names_a_job(text: str) -> bool:
    """Whether a word of ``text`` says that it is about the story or its writing, not a part of it."""
    return NAMED.search(text) is not None


def second_jobs(sentence: str) -> list[int]:
    """Offsets in ``sentence`` at which a further job begins, in order; nearly always none."""
    if len(sentence) > LONGEST_SENTENCE:
        return []
    return list(_jobs(sentence))


def _jobs(sentence: str) -> Iterator[int]:
    turns = [turn for turn in TURN.finditer(sentence) if _may_turn(sentence, turn)]
    if not turns or not NAMED.search(sentence):
        return
    begin = 0
    for number, turn in enumerate(turns):
        at = turn.start(turn.lastgroup or 0)
        ends = [later.start() for later in turns[number + 1 :]]
        before, clauses = sentence[begin:at], [sentence[at:end] for end in (*ends, len(sentence))]
        if _is_clause(before) and _is_clause(clauses[-1]) and _part(turn, before, clauses):
            yield at
            begin = at


def _may_turn(sentence: str, turn: re.Match[str]) -> bool:
    """Whether this word may turn a sentence: by itself, or after the mark that stands before it."""
    if turn["strong"]:
        return True
    mark = MARK.search(sentence[max(0, turn.start() - LONGEST_MARK) : turn.start()])
    return mark is not None and (turn["any"] is None or mark[0] != ",")


def _is_clause(part: str) -> bool:
    return len(part.split()) >= FEWEST_WORDS and not OPEN_PARENTHESIS.search(part)


def _part(turn: re.Match[str], before: str, clauses: Sequence[str]) -> bool:
    """Whether the two sides of a turn plainly do different jobs; ``clauses`` are its other side, ever longer."""
    first = _job(before)
    if first is None or UNFINISHED.search(before):
        return False
    after, then = next(((clause, job) for clause in clauses if (job := _job(clause))), ("", None))
    if then is None or first == then or (then == "praise" and len(after.split()) <= FEWEST_WORDS):
        return False
    if turn["any"]:
        return then in OPENS
    if (turn["strong"] or "").lower() == "and":
        return _claims(before, first) and _claims(after, then)
    return _may_follow(first, then, before)


def _claims(part: str, job: str) -> bool:
    """Whether a part is a whole statement on the craft: "the pace and the plot" is none and none."""
    named = next((found for found in NAMED.finditer(part) if found.lastgroup == job), None)
    return job in CRAFT and named is not None and bool(CLAIM.search(part, max(0, named.start() - NEAR)))


def _may_follow(first: str, then: str, before: str) -> bool:
    """Talk inside the story is told apart from thanks, the craft, and praise that is plainly of the story."""
    if then == "question":
        return first == "thanks" or (first == "praise" and OF_THE_STORY.search(before) is not None)
    if "theory" in (first, then):
        return then in CRAFT or (first == "praise" and OF_THE_STORY.search(before) is not None)
    return True


def _job(part: str) -> str | None:
    """The one job a part plainly does; None where it does none or more than one of the named ones."""
    named = {found.lastgroup for found in NAMED.finditer(part)}
    if ASKS.search(part) and named <= {"praise"}:
        return "question"
    if len(named) > 1:
        named.discard("praise")
    if named:
        return named.pop() if len(named) == 1 else None
    return "theory" if GUESSES.search(part) else None
