"""Meant: whether words that fit a rule on attacks are one.

They are not if they are said to somebody in the story ("You idiot, Ben!"), denied or reported ("don't listen to
anyone who calls you a hack"), or taken back by their own warmth.
"""

import re

from feedback.sorting.attacks import Rule

_NO_NAMES = (
    "Author Authors Writer Op Sir Madam Dude Man Bro Bruh Buddy Pal Mate Guys People Everyone Everybody Nobody "
    "Someone Wow Lol Omg Wtf Lmao God Jesus Christ Satan Hell Fuck Shit Damn Yes No Nope Yeah Okay Ok Well So And "
    "But Also Because Look Listen Hey Hi Hello Sorry Please Thanks Congrats Congratulations Stop Quit Oh Ugh "
    "Yikes Boo Gross Yuck Ew Never Just Get Go Try Learn Die Kill Trash Garbage Pathetic Disgusting Shame Enough "
    "Honestly Seriously Frankly The This That These Those What Why How Who When Where If Then Now Again Still "
    "Maybe Perhaps Anyway Whatever Whoever Good Great Nice Bad Terrible Awful Discord Reddit Wattpad English "
    "American Imagine Bye Goodbye Goodnight Grow Shut Delete You Your He She They It We My Moron Idiot Loser Hack "
    "Freak Creep Clown Psycho Retard Dumbass Asshole Bitch Fool Face Admit Read Write Cope Cry Cringe True Truly "
    "Literally Really Clearly Obviously Absolutely Worst All Not Do Don Does Did Is Are Was Were In On At For "
    "From With Typical Russian Jew Muslim Indian Chinese Mexican Arab German Turk African Asian Christian "
    "Catholic As To Of By Or Nor Yet One Two First Last Next Finally Overall Apparently Unfortunately Sadly Dear "
    "Lord Kys Rip Eat Burn Rot Drop Jump Drink Piss Screw Give Take Make "
)
"""Words with a capital that are not somebody's name: they open a sentence, or speak to the author."""

_NAME = (
    rf"(?-i:(?!(?:{'|'.join(_NO_NAMES.split())})\b|\w+ly\b)(?:(?:Lord|Lady|King|Queen|Prince|Sir|Captain|Master) )?"
    r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)"
)
_ROLE = (
    r"(?:villain|king|queen|prince|princess|my lord|captain|general|wizard|zombie|witch|dragon|knight|bishop|duke"
    r"|duchess|emperor|professor|detective|girl|boy|kid|sis)"
)
_SOMEBODY = rf"(?:{_NAME}|{_ROLE})"
_CRIES = (
    r"(?:oh|no|hey|ugh|god|damn|damn it|dammit|come on|goddamn it|poor|shut up|grow up|wow|yeah|fuck you|please"
    r"|stop it|dear|aw|argh|bloody hell)"
)
_CALLED_AFTER = re.compile(
    rf"^[^.!?\n]{{0,60}}?(?:(?:^|,) ?{_SOMEBODY}|\byou (?:\w+ ){{0,2}}{_ROLE})(?=\W*$|[,.!?;]| you\b)", re.IGNORECASE
)
_CALLED_BEFORE = re.compile(
    rf"(?:^\W*{_SOMEBODY}(?=,|!| you\b)|(?:\b{_CRIES}[,!]? |[,!.] ?){_SOMEBODY}(?=[,!.?]| you\b))[^\n]{{0,60}}$",
    re.IGNORECASE,
)
_CALLED_LAST = re.compile(
    r"^(?!.*\byou(?:r)?\b).*(?<!like )(?<!than )(?<!as )(?<!to )(?<!with )(?<!for )(?<!of )(?<!by )\b"
    rf"{_NAME} ?$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:don't|do not|doesn't|didn't|never|not|no one|nobody|isn't|aren't|hardly|won't|wouldn't|shouldn't|without"
    r"|no need to|can't believe)(?: (?:you|going to|ever|even|have to|want you to|think|thinks|believe|say|saying"
    r"|said|called|calls|go|and|just|to|that|mean|need to|as if|because|like|really|want|feel|suggesting"
    r"|let \w+))* ?$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:(?:he|she|they|who(?:ever)?|people|anyone|someone|somebody|anybody|some \w+|those|comments?|that (?:guy"
    r"|person|troll|review|comment)|(?-i:[A-Z])[a-z]+|you|the (?!author|writer)\w+|characters?|trolls?)"
    r" (?:who |that )?(?:\w+ )?(?:says?|said|tells?|told|thinks?|thought|claims?|claimed|calls?|called|calling|saying"
    r"|telling|believes?|believed|treats?|shouts?|shouted|screams?|yells?|yelled|implies|implying)"
    r"|listen to \w+ (?:who|saying|telling)|makes? you feel|feel like|felt like)"
    r"(?: (?:you|him|her|them|me|us|that|to|people|others|the \w+))*(?: to)? ?$",
    re.IGNORECASE,
)


def is_meant(rule: Rule, match: re.Match[str], said: str, before: str) -> bool:
    """Whether ``match``, which fits ``rule`` in what a remark ``said``, is an attack.

    ``before`` is what the remark before it said.
    """
    if any(excuse.search(said) for excuse in rule.excuses):
        return False
    if rule.spares_characters and _is_to_a_character(match, said, before):
        return False
    lead = said[: match.start()]
    return rule.name == "slur" or not (_DENIED.search(lead[-60:]) or _REPORTED.search(lead[-80:]))


def _is_to_a_character(match: re.Match[str], said: str, before: str) -> bool:
    """Whether a name is called right before or after: "You idiot, Ben!", "Oh Ben, you idiot"."""
    lead = _last_two_sentences(f"{before[-80:]} {said[: match.start()]}".replace("\n", " ")[-120:])
    return bool(
        _CALLED_AFTER.search(said[match.end() :])
        or _CALLED_BEFORE.search(lead)
        or _CALLED_LAST.search(lead)
        or _CALLED_BEFORE.search(match[0])
    )


def _last_two_sentences(text: str) -> str:
    ends = [match.end() for match in re.finditer(r"[.!?] ", text)]
    return text[ends[-2] :] if len(ends) > 1 else text.lstrip()
