"""Where one sentence turns from one job to another: "loved it, but your tenses slip".

Nearly every sentence is one remark. It is parted only where a turn ("but", "and", a dash, an emoticon) has
words on either side that plainly do different jobs: the mistake the other way - a reader's thought cut in
two - would happen far more often and read far worse.
"""

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 400
FEWEST_WORDS = 2
"""Each part must be a clause of its own of at least this many words."""

TURN = re.compile(
    r"(?P<mark>,|;|\s[-–—]+|[:;]-?[)D(P]|<3|\.{2,}|…)?\s+"
    r"(?P<word>but|though|although|however|yet|also|plus|hope|please|pls|plz|can't|cant|can you|update|your|there"
    r"|watch|check|thank|thanks)\b",
    re.IGNORECASE,
)
OPEN_PARENTHESIS = re.compile(r"(?<![:;=-])\([^()]*$")
STRONG = frozenset({"but", "though", "although", "however", "yet"})
"""Words that turn without a mark before them."""

JOBS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "thanks": r"thanks|thank you|thx|ty for|kudos",
        "update": r"updates?|updating|next (?:chapter|chap|part|one|update)|more soon|continue(?: (?:it|this|soon))?"
        r"|upload(?: soon)?|post more|write more|more chapters",
        "grammar": r"typos?|grammar|spelling|misspell\w*|punctuation|commas?|tenses?|apostrophes?|proof-?read\w*"
        r"|capitali[sz]\w+|run-?ons?|homophones?|your/you're|there/their",
        "pacing": r"pacing|pace|rushed|dragg(?:ed|ing|y)|drags|too (?:long|short|fast|slow|slowly|quick|quickly)"
        r"|info-?dumps?|exposition",
        "prose": r"dialogues?|descriptions?|prose|paragraphs?|formatting|point of view|pov|stilted|wooden|repetitive"
        r"|confus(?:ed|ing)|too (?:wordy|much telling)",
        "plot": r"plot ?holes?|plot|twists?",
        "character": r"characteri[sz]ation|out of character|ooc",
    }.items()
}
PRAISE = re.compile(
    r"\b(?:loved?|loving|adore[ds]?|great|awesome|amazing|brilliant|fantastic|wonderful|excellent|good|nice|lovely"
    r"|enjoy(?:ed|ing)?|beautiful\w*|best|perfect|cool|superb|incredible|fun|omg|well done|well written"
    r"|great job|good job|good work)\b",
    re.IGNORECASE,
)


def second_jobs(sentence: str) -> list[int]:
    """Offsets in ``sentence`` at which a further job begins, in order; nearly always none."""
    if len(sentence) > LONGEST_SENTENCE:
        return []
    return list(_jobs(sentence))


def _jobs(sentence: str) -> Iterator[int]:
    begin = 0
    for turn in TURN.finditer(sentence):
        at = turn.start("word")
        before, after = sentence[begin:at], sentence[at:]
        turns = turn["mark"] or turn["word"].lower() in STRONG
        if turns and _is_clause(before) and _is_clause(after) and _differ(before, after):
            yield at
            begin = at


def _is_clause(part: str) -> bool:
    return len(part.split()) >= FEWEST_WORDS and not OPEN_PARENTHESIS.search(part)


def _differ(before: str, after: str) -> bool:
    """Whether the two parts plainly do different jobs."""
    first, then = _job(before), _job(after)
    return first is not None and then is not None and first != then


def _job(part: str) -> str | None:
    """The one job a part plainly does; None where it does none or more than one of the named ones."""
    named = [name for name, pattern in JOBS.items() if pattern.search(part)]
    if len(named) > 1:
        return None
    if named:
        return named[0]
    return "praise" if PRAISE.search(part) else None
