"""Rules: what can be told from a remark's shape without statistics, and why, in an author's words.

`CERTAIN` rules know a shape; how often each is right on labelled comments is in MODEL_CARD.md, and which of them
stand against the model is said in `classify`. Where none fires, the votes of `cues` give a guess, which the model
replaces when there is one. The order of the table is the order of trial.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from feedback.sorting.affection import is_affection
from feedback.sorting.cues import kind_votes, stance_votes
from feedback.sorting.plain import plainly
from feedback.sorting.polarity import polarity
from feedback.sorting.reading import Reading
from feedback.sorting.shapes import Correction, Finding
from feedback.sorting.wording import likeness

ALIKE = 0.5
"""Two wordings at least this alike (0 to 1) are one passage before and after, not an alternative like "and/or"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a remark. ``certain`` verdicts stand; others are guesses with a low ``confidence``."""

    kind: str
    stance: str
    confidence: float
    why: tuple[str, ...]
    certain: bool
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: when ``fits`` the remark is of ``kind``; ``stance`` ``""`` leaves that to the cues."""

    name: str
    kind: str
    stance: str
    confidence: float
    why: str
    fits: Callable[[Reading], bool]


_PAIR = re.compile(
    r"^(?P<old>.{1,160}?\S)\s*(?:(?P<arrow>->|-->|=>|→|➔|⇒|>>)|/|\s>)\s*(?P<new>[^\s/>].{0,160})$", re.DOTALL
)
_BOTH = re.compile(
    r"\b(?:and/or|s/he|he/she|his/her|him/her|she/he|her/his|he/him|w/o?|either/or|n/a|\d+/\d+)\b|https?:|/s$"
)
_SHOULD_BE = re.compile(
    r"[\"'*`\])]\s*(?:\([^)]{0,40}\)\s*)?(?:,\s*)?(?:i (?:think|believe) )?(?:it )?(?:probably |presumably "
    r"|maybe |perhaps )?"
    r"(?:should|shouldn't|ought to|needs? to|supposed to)(?: (?:probably|presumably|rather|instead|just|also))?"
    r" (?:be(?! (?:an?|the|his|her|my|our) (?!\W|comma|period|full|question|colon|semi|apostrophe|hyphen|capital|new"
    r"|space|single|separate|word|quot|dash|lower|upper|plural|past))|read|say|have)\b"
    r"|\b(?:should|shouldn't) (?:probably |really |just )?(?:be|read|say) [\"'*`]"
    r"|\b(?:did you|you|u) (?:probably |might have |may have )?(?:mean|meant|misspelled|misspelt)(?: to (?:write"
    r"|say))? [\"'*`]\w"
    r"|[\"'*]\w[^\"'*\n]{0,60}[\"'*] (?:instead of|rather than) [\"'*]\w"
    r"|\b(?:missing|extra|doubled|unnecessary|stray|repeated|superfluous)"
    r" (?:a |an |the |your )?(?:\w+ )?(?:word|comma|period|full stop|apostrophe|quote|quotes|quotation marks?"
    r"|letter|hyphen|[\"'*]\w)",
)
_SHOULD_AFTER_QUOTATION = re.compile(
    r"^(?:i (?:think|believe|assume|guess) )?(?:(?:this|that|it|you) )?(?:should|shouldn't|must)(?: (?:this|that"
    r"|it|there))?"
    r"(?: (?:probably|presumably|maybe|rather|also|instead))? (?:be|read|say|have been)\b|\bsupposed to be\b"
    r"|\bmeant to (?:be|say|write)\b"
    r"|^(?:missing|extra|stray|typo|a word|wrong word|word missing|tense|double)\b"
)
_HEADER = re.compile(
    r"^[\W_]*(?:(?:a|an|the|some|few|a few|one|two|just|only|more|small|minor|possible|potential"
    r"|obligatory|usual|here(?:'s| is| are)|also|and|found|spotted|noticed"
    r"|a couple(?: of)?|handful of|couple|tiny|quick|nit(?:pick)?s?|i) ){0,5}"
    r"(?:typos?|typoes|typographical errors?|spelling(?: (?:mistakes?|errors?))?|grammar|errors?|corrections?"
    r"|mistakes?|spag)"
    r"(?:(?:,| and| or|/| &)* ?(?:typos?|grammar|spelling|errors?|corrections?|mistakes?|nitpicks?|suggestions?"
    r"|wording|stuff|things))*"
    r"(?: (?:thread|report|reports|list|corner|here|section|hunting|time|found|spotted|in this chapter|i (?:found"
    r"|noticed|spotted|saw)|on page|for you|below|goes? here|, i guess))*[\W_]*$"
)
_PROOF = re.compile(
    r"\b(?:work on|check|fix|mind|watch|learn|study|improve|clean up|brush up|mixed?(?: up)?|switch(?:es"
    r"|ing)?(?: between)?|inconsistent|wrong|bad|poor|terrible|awful|horrible|atrocious|horrendous)"
    r" (?:\w+ ){0,3}(?:grammar|spelling|tenses?|punctuation|commas?|capitali[sz]ation|capital letters|apostrophes"
    r"|quotation marks|formatting|paragraphs|proof-?reading|typos)\b"
    r"|\b(?:grammar|spelling|tenses?|punctuation|commas|capitali[sz]ation|formatting|typos) (?:\w+ ){0,2}(?:is"
    r"|are|was|were|needs?|slips?|made|hurts?|could|should|keeps?|changes?|mistakes?|errors?|issues?|problems?)\b"
    r"|\b(?:get|need|needs|find|want|use|hire|could use) (?:yourself )?(?:an? )?(?:good "
    r"|better )?(?:beta(?: reader)?|proof-?reader|spell-?check(?:er)?|editor|grammarly)\b"
    r"|\b(?:there|their|they're|your|you're|its|it's|then|than|loose|lose|effect|affect|too|to) (?:is not|isn't"
    r"|vs\.?|instead of|not|and not|with) (?:the same as )?(?:there|their|they're|your|you're|its|it's|then|than"
    r"|loose|lose|effect|affect|too|to)\b"
)
_STRUCK = re.compile(r"~~[^~\n]{1,80}~~")
_BOLD_IN_QUOTE = re.compile(r"\*\*[^*\n]{1,40}\*\*|~~[^~\n]{1,80}~~")
_TYPO_WORD = re.compile(r"\btypos?\b|\bmisspel|\bmisspelt\b|\bgrammatical")
_THANKS = re.compile(
    r"^\W*(?:(?:oh|ah|wow|well|and|but|anyway|again|as always|hi|hey|hello)\W+)?(?:many thanks|thank you|thanks"
    r"|thx|thnx|thanx|ty|tysm|thank u|tks|cheers)\b"
    r"(?:[ ,]+(?:so|very|a|much|lot|again|you|for|the|this|these|your|awesome|great|new|nice|chapter|chapters"
    r"|update|updates|story|work|hard|writing|posting|sharing|author|and|as|always|ever|everything|fast|quick|all"
    r"|to|bunch|ton|million|mate|man|4|u|ur|da|chap|chaps|ch|fic|wonderful|lovely|amazing))*\W*$"
)
_GENERIC = re.compile(
    r"^\W*(?:(?:oh|wow|man|and|so|just|another|what|such|yet|really|very|an?|the|one|it(?:'s| is| was)?|this|that"
    r"|this is|that was|was|is|omg|well|as|always|usual|again|truly|simply|absolutely) ?,? ){0,6}"
    r"(?:great|good|nice|awesome|amazing|excellent|fantastic|wonderful|brilliant|superb|lovely|incredible"
    r"|fabulous|solid|perfect|beautiful|cool|fun|interesting|enjoyable|outstanding|stellar|gr8|best)"
    r"(?:(?:,| and|,? as always|!|,? again| very| really| so)* (?:great|good|fun|interesting|awesome|enjoyable"
    r"|chapter|chapters|story|fic|fanfic|work|job|stuff|read|one|update|writing|author|book|as|always|usual|dude"
    r"|man|so|far|though|again|keep|it|up|indeed|ever|this|was))*[\W_]*$"
)
_MORE = re.compile(
    r"^\W*(?:(?:please|pls|plz|omg|and|but|now|oh|so|i|we|really|just|author|yo|hey|also|gimme|give|me|us|need"
    r"|want|can i have) ){0,5}(?:update|updates?|more|moar|continue|next(?: chapter| one| part)?|part 2"
    r"|chapter \d+)"
    r"(?:\W+(?:soon|please|pls|plz|plzz+|now|this|it|more|chapters?|story|asap|fast|quick|faster|today|tomorrow"
    r"|quickly|when|already|omg|i|beg|you|need|it|thank|thanks|of|to|us|me|sooner))*\W*$"
)
_WAITING = re.compile(
    r"\b(?:can(?:'t|not|t| not)|couldn't|cannot|can;t) (?:\w+ )?wait (?:for|until|till|til|to (?:see"
    r"|read) (?:the next|more|what happens next|what's next|where (?:this|it) goes))\b"
    r"|\blooking forward to (?:the|your|reading|more|seeing) (?:the |your )?(?:next|more|new|rest|future|sequel"
    r"|update)"
    r"|\b(?:when(?:'s| is| will| can| are)?) (?:\w+ ){0,4}(?:next (?:chapter|update|part|one)|be updat\w+"
    r"|updat\w+)\b|\b(?:update|post|continue|upload) (?:\w+ )?soon\b"
    r"|\b(?:pl(?:ease|z+|s+)) (?:\w+ )?(?:update|continue|post|don't (?:abandon|drop)|keep (?:going|writing"
    r"|updating))\b|\bdon'?t (?:ever )?(?:abandon|drop|discontinue) (?:this|it|the|us)\b"
    r"|\b(?:update|write more|post) or (?:i|i'll|we|else|i will|we'll)\b|\bis this (?:story |fic "
    r"|work )?(?:abandoned|dead|on hiatus|discontinued|still (?:going|alive))\b"
)
_ASKS_AUTHOR = re.compile(
    r"^(?:(?:so|also|and|but|btw|hey|hi|ok|okay|out of curiosity|quick question|question|one question"
    r"|just curious|curious)[,:.]? )?"
    r"(?:can|could|would|will|did|do|are|have) (?:you|u|someone|anyone|somebody|anybody)\b|\b(?:does|did"
    r"|has) any(?:one|body)\b|\bany(?:one|body) (?:know|have|remember|got|else know)\b"
)
_LAUGHTER = re.compile(
    r"^[\W_]*(?:(?:a?(?:ha){2,}h?|(?:he){2,}|l+o+l+|lmf?ao+|rofl|omf?g|wo+w|wh?oa+h?|a+w+|o+h*|a+h+|ye+s+|no+"
    r"|yay+|holy (?:shit|crap|fuck|cow|hell|moly)|wtf|what the (?:fuck|hell|heck)|damn|dayum|shit|fuck|oof|ouch"
    r"|yikes|hell yeah"
    r"|oh (?:my|no|man|god|gods|shit|boy|dear|snap|fuck)|my (?:god|heart|feels)|wut|hnng+|squee+|gah+|argh+|nice"
    r"|ha|heh|bruh|dude|sweet|bam|badass|jesus|christ|god|the|feels|i'm|im|am|crying|dead|dying|screaming|i|can't"
    r"|cant|even|so|hype|asdf\w*|xd|t|gosh|goodness)[\W_]*)+$"
)


def _is_grammar_pair(reading: Reading) -> bool:
    """ "old -> new" and "old / new": two wordings of the same passage, told by how alike they are."""
    said = reading.said
    if len(said) > 330 or _BOTH.search(said):
        return False
    pair = _PAIR.match(said)
    if pair is None:
        return False
    old, new = pair["old"], pair["new"]
    if pair["arrow"]:
        return len(old) <= 100 and len(new) <= 100 and "->" not in new
    return len(new) <= 2 * len(old) + 20 and likeness(old, new) >= ALIKE and old != new


def _says_what_it_should_be(reading: Reading) -> bool:
    said = reading.said
    if len(said) > 330:
        return False
    return bool(_SHOULD_BE.search(said)) or bool(reading.quoted and _SHOULD_AFTER_QUOTATION.search(said[:120]))


def _answers_quotation(reading: Reading) -> bool:
    """A quotation with a fix: the answer repeats the quoted words with a change, or marks the wrong one in bold."""
    if not reading.quoted or len(reading.words) > 14:
        return False
    quoted = set(re.findall(r"[\w']+", reading.quoted))
    shared = [word for word in reading.words if word in quoted]
    fresh = len(reading.words) - len(shared)
    if reading.words and not reading.asks and len(shared) >= max(2, 2 * fresh) and "!" not in reading.said:
        return True
    return bool(_BOLD_IN_QUOTE.search(reading.quoted)) and len(reading.words) <= 4


def _fits(pattern: re.Pattern[str], limit: int = 10_000) -> Callable[[Reading], bool]:
    return lambda reading: len(reading.said) <= limit and bool(pattern.search(reading.said))


def _is_heading(reading: Reading) -> bool:
    """Below a quotation "typo" is what is said of that passage, not the head of a list."""
    return not reading.quoted and len(reading.said) <= 90 and bool(_HEADER.search(reading.said))


def _is_compliment(reading: Reading) -> bool:
    return len(reading.words) >= 2 and len(reading.said) <= 100 and bool(_GENERIC.search(reading.said))


def _waits_for_more(reading: Reading) -> bool:
    """Only when nothing else is said: "Great twist, can't wait for more" is about the twist."""
    score = kind_votes(reading.phrases).score
    rest = max((score.get(kind, 0.0) for kind in ("praise", "plot", "character", "world", "prose")), default=0.0)
    return len(reading.said) <= 120 and rest < 1.0 and bool(_WAITING.search(reading.said))


PAIR = "old and new"
"""An arrow or a slash alone may part two things of the story ("boy -> man"): by itself it is only a sign."""

CERTAIN: tuple[Rule, ...] = (
    Rule("heading of a typo list", "grammar", "neutral", 0.97, "it opens a list of typos", _is_heading),
    Rule(PAIR, "grammar", "suggestion", 0.6, "it shows the words before and after", _is_grammar_pair),
    Rule(
        "what it should be",
        "grammar",
        "suggestion",
        0.93,
        "it says what the words should be",
        _says_what_it_should_be,
    ),
    Rule(
        "quotation and fix", "grammar", "suggestion", 0.9, "it repeats your words with a change", _answers_quotation
    ),
    Rule(
        "proof-reading", "grammar", "negative", 0.92, "it speaks of spelling, grammar or tenses", _fits(_PROOF, 240)
    ),
    Rule("names a typo", "grammar", "negative", 0.9, "it names a typo", _fits(_TYPO_WORD, 200)),
    Rule("thanks", "praise", "positive", 0.93, "it says thank you", _fits(_THANKS, 120)),
    Rule("kind words", "praise", "positive", 0.92, "it is a short compliment", _is_compliment),
    Rule("asks for more", "update", "positive", 0.93, "it asks for the next chapter", _fits(_MORE, 90)),
    Rule("waits for more", "update", "positive", 0.88, "it waits for the next chapter", _waits_for_more),
    Rule("outcry", "reaction", "positive", 0.9, "it is an outcry or laughter", _fits(_LAUGHTER, 80)),
)


def set_aside(abuse: Finding) -> Verdict:
    """The verdict on what was found to be abuse."""
    stance = "negative" if abuse.what == "attack" else "neutral"
    return Verdict("hostile", stance, 0.95, (abuse.why,), True, abuse.name)


def certain(reading: Reading, corrections: Sequence[Correction] = ()) -> Verdict | None:
    """The verdict of the first rule that settles this remark, or ``None``. Abuse was looked for before.

    ``corrections`` are those found in it: one with a wrong and a right word makes it grammar.
    """
    if any(fix.wrong is not None and fix.right is not None for fix in corrections):
        return Verdict("grammar", "suggestion", 0.98, ("it proposes a change of words",), True, "correction")
    plain = plainly(reading)
    if plain is not None:
        return Verdict(plain.kind, plain.stance, 0.95, (plain.why,), True, plain.name)
    for rule in CERTAIN:
        if rule.fits(reading):
            stance = rule.stance or guess_stance(reading, rule.kind)
            return Verdict(rule.kind, stance, rule.confidence, (rule.why,), True, rule.name)
    if is_affection(reading):
        kind = "update" if _WAITING.search(reading.said) else "reaction"
        return Verdict(kind, "positive", 0.88, ("a rude word meant kindly",), True, "affection")
    return None


def guess(reading: Reading) -> Verdict:
    """The kind with most votes among the remark's words; never certain."""
    votes = kind_votes(reading.phrases)
    score = dict(votes.score)
    for kind, bonus in _shape_votes(reading):
        score[kind] = score.get(kind, 0.0) + bonus
    kind = max(score, key=lambda key: (score[key], key)) if score else "off_topic"
    total = sum(score.values())
    share = score[kind] / total if total else 0.0
    words = votes.words.get(kind, ())[:3]
    why = (f"words like {', '.join(f'“{word}”' for word in words)}",) if words else ("its shape and place",)
    return Verdict(kind, guess_stance(reading, kind), round(min(0.75, 0.15 + 0.5 * share), 3), why, False)


def _shape_votes(reading: Reading) -> list[tuple[str, float]]:
    votes = [("theory", 1.0)]
    if reading.asks:
        votes.append(("question", 2.0 if _ASKS_AUTHOR.search(reading.said) else 1.0))
        votes.append(("theory", 1.0))
    if "!" in reading.said and len(reading.words) < 15:
        votes.append(("reaction", 1.0))
    if len(reading.words) < 5:
        votes.append(("reaction", 1.0))
    if reading.is_bare_quotation:
        votes.append(("reaction", 3.0))
    if "http" in reading.said:
        votes.append(("off_topic", 3.0))
    return votes


NEUTRAL_KINDS = frozenset({"theory", "question", "off_topic"})
_SPEAKS_OF_ELSE = frozenset({"question", "off_topic", "hostile"})
"""Kinds in which words that like or dislike are said of something else than the story."""

_WARM_KINDS = frozenset({"praise", "reaction", "update"})


def guess_stance(reading: Reading, kind: str) -> str:
    """The stance of a remark of ``kind``, from its words and from what that kind usually is."""
    plainly_said = polarity(reading)
    if plainly_said and kind not in _SPEAKS_OF_ELSE:
        return plainly_said
    if kind in NEUTRAL_KINDS:
        return "neutral"
    score = stance_votes(reading.phrases).score
    if kind in _WARM_KINDS:
        score["positive"] = score.get("positive", 0.0) + 2.0
    if kind == "hostile" or (kind == "grammar" and not score):
        return "negative"
    return max(score, key=lambda key: (score[key], key)) if score else "neutral"


def vouched(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, with those on an arrow or slash firm where a correction or a heading of typos is beside it."""
    rules = ["", *(verdict.rule for verdict in verdicts), ""]
    beside = [{before, after} for before, after in zip(rules, rules[2:], strict=False)]
    return [
        replace(verdict, rule=f"{PAIR}, among fixes", confidence=0.97)
        if verdict.rule == PAIR and near & {"correction", "heading of a typo list"}
        else verdict
        for verdict, near in zip(verdicts, beside, strict=True)
    ]


def beside_fixes(readings: Sequence[Reading], kinds: Sequence[str]) -> list[bool]:
    """For each remark, whether it stands in a list of fixes: short, and what is before or after it is grammar."""
    return [_stands_in_list(readings, kinds, at) for at in range(len(readings))]


def _stands_in_list(readings: Sequence[Reading], kinds: Sequence[str], at: int) -> bool:
    reading = readings[at]
    if kinds[at] == "grammar" or len(reading.words) > 12 or not (reading.quoted or _looks_listed(reading)):
        return False
    before = at > 0 and kinds[at - 1] == "grammar"
    after = at + 1 < len(readings) and kinds[at + 1] == "grammar"
    return before or (after and reading.is_bare_quotation)


def _looks_listed(reading: Reading) -> bool:
    return reading.text.lstrip()[:1] in "-*+•\"'“‘‘" or bool(
        _BOLD_IN_QUOTE.search(reading.said) or _STRUCK.search(reading.said)
    )
