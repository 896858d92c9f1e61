"""Plain words: remarks that say in so many words what they are about, whatever stands around them.

Each row is a sentence that readers of any story write; it stands against the model, so it must hardly ever be wrong
(how often it is right on labelled comments: MODEL_CARD.md). To teach the sorter another one, add a row here and its
texts to ``tests/sorting/test_plain.py``.
"""

import re
from dataclasses import dataclass

from feedback.sorting.reading import Reading

LONGEST = 160
"""Characters: a longer remark says more than one plain thing."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A row: a remark in which ``words`` are found is of ``kind`` and ``stance``, and ``why`` tells the author so."""

    name: str
    kind: str
    stance: str
    why: str
    words: re.Pattern[str]


_PART = (
    r"(?:(?:middle|beginning|start|ending|end|first|second|last|opening)(?: (?:part|half|third|bit|of it))?|chapter"
    r"|story|fic|plot|pacing|fight|scene|arc|section|part|bit|half|dialogue|conversation|battle|prologue|journey)"
)

PLAIN: tuple[Plain, ...] = (
    Plain(
        "needs an editor",
        "grammar",
        "negative",
        "it asks for an editor",
        re.compile(
            r"\b(?:needs?|get|find|hire|could (?:really )?use|could do with|want) (?:yourself |u |badly )?(?:an?"
            r" )?(?:good |better "
            r"|decent )?(?:editor|proof-?reader|beta(?: |-)?reader|beta)\b(?! (?:who|that|to))"
        ),
    ),
    Plain(
        "mixed tenses",
        "grammar",
        "negative",
        "it speaks of mixed tenses",
        re.compile(
            r"\b(?:mix|switch|jump|slip|chang|shift|flip|alternat)(?:p?ing|ed|e|es|s)?(?:ping|ped)? (?:\w+"
            r" ){0,3}?(?:past and present"
            r"|present and past|past to present|present to past|(?:past|present) tense|tenses)\b"
        ),
    ),
    Plain(
        "show, don't tell",
        "prose",
        "negative",
        "it says to show rather than tell",
        re.compile(
            r"\bshow(?:ing)?(?: us)?(?: more)?,? (?:and )?(?:do ?n'?t|not|instead of|rather than) tell(?:ing)?\b"
        ),
    ),
    Plain(
        "who is speaking",
        "prose",
        "negative",
        "it could not tell who speaks",
        re.compile(
            r"^\W*(?:(?:i|it|it's|its|is|was|i'm|got|get|so|but|and|also|had|a|little|bit|very|really|sometimes"
            r"|often|totally|at"
            r"|times|always|found|kept|felt|were|being|been)\W+){0,7}(?:lost|confus\w+|unsure|unclear|hard"
            r"|difficult|tricky|trouble|couldn'?t|can'?t|could not|cannot|no idea|not sure"
            r"|wasn'?t sure|wasn'?t clear|isn'?t clear|struggled) (?:\w+ ){0,4}?(?:who(?:'s| is| was)? (?:\w+"
            r" ){0,2}?(?:speaking|talking"
            r"|narrating|saying what|said what)|whose (?:head|pov|perspective|point of view|voice))\b"
        ),
    ),
    Plain(
        "change of person",
        "prose",
        "negative",
        "it speaks of first and third person",
        re.compile(
            r"\b(?:switch|chang|shift|jump|mov|go|went)\w* (?:\w+ ){0,3}?(?:to|from|between|in|into) (?:\w+"
            r" ){0,2}?(?:first|second|third"
            r"|1st|2nd|3rd)(?: |-)person\b"
        ),
    ),
    Plain(
        "it dragged",
        "pacing",
        "negative",
        "it says that something dragged",
        re.compile(
            rf"^\W*(?:(?:this|it|that|(?:the|this|that) (?:\w+ )?{_PART}(?: \w+){{0,2}}) )?(?:(?:really|kinda"
            rf"|kind of|just|sort of|a bit"
            r"|def|did) )*(?:drag(?:s|ged)?|was dragging|is dragging)(?: (?:on|a (?:bit|lot|little)|for me|so"
            r"|too|much|and|forever"
            r"|here|imo|at times|in places|badly))*\W*$"
        ),
    ),
    Plain(
        "no stakes",
        "plot",
        "negative",
        "it misses stakes",
        re.compile(
            r"\b(?:no|zero|any|without|lacks?|lacking|lack of|kills?|killed|removes?|ruins?) (?:\w+ )?(?:stakes"
            r"|tension)\b(?! in (?:his|her|my|the))"
        ),
    ),
    Plain(
        "first comment",
        "off_topic",
        "neutral",
        "it says that it is the first comment",
        re.compile(
            r"^\W*(?:first|1st|second|2nd|frist)(?: (?:comment|review|reviewer|one here|to (?:comment"
            r"|review)))?(?:\W|(?<=:)d)*$"
        ),
    ),
    Plain(
        "not to be abandoned",
        "update",
        "positive",
        "it asks you not to stop",
        re.compile(
            r"^(?:\w+\W+){0,5}?(?:do ?n'?t|never)(?: you| u)?(?: dare| ever| you dare)*(?: to)? (?:abandon"
            r"|discontinue|give up on|drop"
            r"|stop (?:writing|updating|posting|with)) (?:this|it|us|the (?:story|fic)|ur|your)?(?:\W+\w+){0,5}\W*$"
        ),
    ),
)


def plainly(reading: Reading) -> Plain | None:
    """The first row that a remark fits, or ``None``."""
    if len(reading.said) > LONGEST:
        return None
    return next((row for row in PLAIN if row.words.search(reading.said)), None)
