"""Affection: readers who are carried away are rude to those they love: "I hate you T_T", "you monster".

Nothing here sets a remark aside; it says what takes an attack back, from plain signs of fondness to a threat
that only wants the next chapter.
"""

import re

from feedback.sorting.reading import Reading

_I = re.IGNORECASE

_FACES = (
    r"(?<!\w)[:;=x]'?-?[)dp3](?!\w)|(?<!\w)t[_.]t(?!\w)|;_;|;-;|<3|❤|♥|💕|💖|😭|😍|🥺|🥰|💔|\b(?:qq|jk|j/k)\b|:'\("
)
_LAUGHTER = r"😂|🤣|\bxd\b|\blo+l\b|\blmf?ao\w*|\brofl\b|\b(?:ha){2,}\w*|\b(?:he){2,}\w*"

FOND = re.compile(
    rf"{_FACES}|\bi (?:\w+ )?love[sd]? (?:you|this|it|your|him|her|them|that)\b|\bgenius\b|\bmagnificent\b"
    rf"|\bbrilliant\b|\bmasterpiece\b|\bkidding\b|\baffectionate(?:ly)?\b|\bwith love\b|\bin a good way\b"
    rf"|\bjust joking\b|\b(?:positive|complimentary)\)|\bgod-?tier\b|\bmade me (?:cry|sob|laugh|smile)\b",
    _I,
)
"""Signs that a hard word was meant kindly."""

LAUGHING = re.compile(_LAUGHTER, _I)
"""It excuses a comic threat, but no insult: mockers laugh, too."""

FOR_THE_STORY = re.compile(
    r"\b(?:cliff\w*|endings?|twists?|killing (?:him|her|them|off|my)|killed (?:him|her|them|off|my)|hurting (?:him"
    r"|her|them|my)|(?:next|new|more|another|last|this|that) chapters?|updates?|sequel|my (?:heart|feels|feelings"
    r"|poor \w+|baby|babies|boys?|girls?|ship)|(?:made|making|make) (?:me|us) (?:cry|sob|feel|wait|care|love)"
    r"|crying|sobbing|tears|feels|loved (?:him|her|them|it)|for (?:that|this|doing|leaving|stopping|making)"
    r"|do (?:this|that) to (?:me|us|him|her|them)|leave (?:me|us|it) (?:hanging|there|like))\b",
    _I,
)
"""What a mild curse is for when a reader is caught up in the story."""

FOR_MORE = re.compile(
    r"\b(?:mak(?:e|ing)|forc(?:e|ing)) you (?:\w+ ){0,2}(?:write|finish|update|post|continue|sleep|eat|rest|tell"
    r"|explain|fix|bring|read)\b|\b(?:next|new|more|another) (?:chapters?|parts?|books?|one|of this)\b|\bupdate"
    r"|\bcontinue\b|\bsequel\b|\bcookies\b|\bhugs?\b|\bmanuscripts?\b|\bspoilers\b|\b(?:if|unless|until|till"
    r"|when) (?:he|she|they|it|(?-i:[A-Z])\w+|my \w+|the \w+|anything|something|anyone)\b|\b(?:if|unless|until"
    r"|till) you (?:\w+ )?(?:kill|hurt|touch|end|abandon|drop|leave|break|don't (?!stop|quit|leave|delete|shut)"
    r"|do not (?!stop|quit|leave|delete)|dare (?:to )?(?:kill|hurt|end))",
    _I,
)
"""A threat that is only about what becomes of the story."""

UNTIL_DONE = re.compile(r"\b(?:until|till) you (?:\w+ )?(?:finish|write|update|post|continue|complete)\b", _I)
"""What a reader would have an author kept from everything else for."""

_MILD = (
    r"(?:monsters?|evil|cruel|bastards?|jerks?|sadists?|sadistic|devil|demon|villain|menace|wicked|heartless"
    r"|asshole|arsehole|fucker|motherfucker|bitch|troll|tease|maniac|lunatic)"
)
_LINK = r"(?:a|an|the|such|such a|such an|just|just a|just an|really|so|all|one|nothing but an?|truly|clearly)"
_MILD_INSULT = re.compile(
    rf"\b(?:you(?:'re| are|re)|you (?:people|guys|all|lot|both) are|u r|ur|youre|ya're|author is"
    rf"|writer is)(?: {_LINK}){{0,3}} (?:\w+ ){{0,2}}?{_MILD}\b|\byou (?:absolute |utter |evil |cruel |magnificent "
    rf"|beautiful |total |complete |fucking |wonderful |glorious |sick )*{_MILD}\b|\b(?:i |we )?(?:hate|despise"
    rf"|loathe|curse|damn|screw|fuck|darn|blast) (?:you|u|ya)\b(?!')|\bhow (?:dare|could) (?:you|u)\b|\bwhat(?:'s"
    rf"| is) wrong with you\b|\bshame on you\b",
    _I,
)
_WARM = re.compile(
    rf"{_FACES}|😢|😅|😱|\^_?\^|>[._]<|{_LAUGHTER}|(?<!\w)/s\b|!{{2,}}|\blove[sd]?\b|\bamazing\b|\bbrilliant\b"
    rf"|\bbeautiful\b|\bwonderful\b|\bgenius\b|\bmagnificent\b|\bthank(?:s| you)\b|\bmore\b|\bupdate\b|\bcliff\w*"
    rf"|\bchapters?\b|\bcry(?:ing)?\b|\bcried\b|\bsob\w*|\btears\b|\bfeel(?:s|ings)\b|\bheart\w*|\bbabies\b"
    rf"|\bmy (?:baby|boy|girl|son|poor|feels)\b|\bwait\b|\bpls|\bplz|\bplease\b|\bsleep\b|\b\d ?am\b"
    rf"|\bkilled (?:him|her|them|off)\b|\bdo (?:this|that) to (?:me|us|him|her|them)\b|\bleave (?:me|us|it)\b"
    rf"|\bending?\b|\bhug\b|\bgood\b|\bgreat\b|\bbest\b|\bnext\b|\btwist\b|\bstory\b|\bmade me\b|\bmaking me\b",
    _I,
)


def is_affection(reading: Reading) -> bool:
    """Whether a rude word at the author is a reader's affection: "I hate you T_T", "you monster", "how dare you"."""
    return bool(_MILD_INSULT.search(reading.said)) and bool(_WARM.search(reading.said) or len(reading.words) <= 6)
