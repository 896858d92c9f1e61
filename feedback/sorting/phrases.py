"""The sentences in which readers correct a text, as patterns over the skeleton of a note (see `notes`).

``{wrong}`` and ``{right}`` stand for a quoted stretch; with an underscore, ``{wrong_}``, a bare word will do.
The other names in braces are the fillers of the table `FILLERS`. To teach the sorter a new sentence, add a
line to the tuple it belongs to and a row to ``tests/sorting/test_corrections.py``.
"""

import re


def _one_of(*wordings: str) -> str:
    """Any of the wordings; several may be given in one string, parted by ``|``."""
    return f"(?:{'|'.join(wordings)})"


_BE = _one_of(
    "be (?:read|spelled|spelt|written|typed)(?: as)?",
    "be|read|say|have been|have read|have said|become|go|look like|end with|start with",
)
_HEDGE = (
    r"(?:,? ?(?:probably|presumably|maybe|perhaps|possibly|actually|rather|really|instead|likely|either|just|also"
    r"|only|simply|technically|i think|i believe|imo|more like|something like))*"
)
_SUPPOSED = r"(?:is|was|were) (?:probably |presumably |likely |maybe )?(?:supposed|meant) to"
_SHOULD = (
    rf"(?:should|shouldn't|must|ought to|might want to|{_SUPPOSED}|(?:probably |likely )?(?:needs?|wants?) to)"
    rf"{_HEDGE} {_BE}"
)
_INSTEAD = _one_of("instead of", "rather than", "in place of", "as opposed to")

FILLERS = {
    "wrong": r"(?P<wrong>«\d+»)",
    "right": r"(?P<right>«\d+»)",
    "wrong_": r"(?P<wrong>«\d+»|[\w'-]+)",
    "right_": r"(?P<right>«\d+»|[\w'-]+)",
    "quoted": r"«\d+»",
    "end": r"(?=$|[\s.,;!?)/-])",
    "be": _BE,
    "hedge": _HEDGE,
    "should": _SHOULD,
    "instead": _INSTEAD,
    "auxiliary": "is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must",
    "not": _one_of(_INSTEAD, "not", "and not"),
    "into": _one_of("with", "to", "by", "for", "into"),
    "the": (
        r"(?:the |a |an |that |this |first |second |last |third |extra |word |words |phrase |part |bit |line"
        r" |sentence |spelling |one |of )*"
    ),
    "think": (
        r"(?:i (?:think|believe|assume|guess|suspect|reckon|feel like|take it),? (?:that |you )?|surely "
        r"|presumably |perhaps |maybe |pretty sure )?"
    ),
    "who": _one_of("you", "u", "it", "text", "line", "chapter", "there'?s?", "there is", "sentence", "author"),
    "wrote": _one_of(
        "wrote", "write", "put", "used?", "typed?", "have", "had", "has", "said", "says?", "reads?", "is"
    ),
    "mean": _one_of("meant?", "mean", "wanted", "want", "intended"),
    "to_say": r"(?:to (?:say|write|put|be|use|read) )?",
    "misspelled": _one_of("misspelled", "misspelt", "mistyped"),
    "spelled": _one_of("spelled", "spelt", "written", "typed"),
    "swap": _one_of("replace", "change", "swap", "switch", "correct", "substitute"),
    "swapped": _one_of("replaced", "changed", "swapped", "corrected"),
    "remove": _one_of(
        "remove|delete|drop|cut|lose|omit|strike|scrap|get rid of|take out|leave out",
        "don't need|do not need|doesn't need|no need for|don't think you need|needn't",
        "unnecessary|unneeded|extra|redundant|superfluous|spare|stray|extraneous|surplus|accidental"
        r"|doubled?|duplicated?|repeated",
    ),
    "seems": r"(?:is |was |are |seems |appears |looks |feels |to be |probably |a bit |really |be )*",
    "removed": _one_of("removed", "deleted", "dropped", "cut", "omitted", "left out"),
    "needless": _one_of("extra|redundant|unnecessary|unneeded|superfluous|not needed|doubled|duplicated|repeated"),
    "add": _one_of(
        "missing|forgot|add|insert|needs?|lacks?|lacking|skipped|there should be|should have",
        "dropped|left out",
    ),
    "perhaps": _one_of(
        "maybe|perhaps|possibly|probably|suggest|try|consider|see this as|better|could be|either",
        r"i(?:'d| would) (?:say|use|write|suggest|change this to)",
    ),
}


def pattern(sentence: str) -> re.Pattern[str]:
    """A sentence with its fillers put in, in any case."""
    return re.compile(sentence.format(**FILLERS), re.IGNORECASE)


def _patterns(*sentences: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(sentence) for sentence in sentences)


CHANGES = _patterns(
    r"{wrong}(?:,| -|:)? (?:instead of|when|where) (?:it|you|that|this) (?:{should}|{mean}) {right}",
    r"{who} {wrote}(?: down)? {the}{wrong}(?: here| there)?,? {instead} {the}{right}",
    r"(?:typed|wrote|used|put|has|have|says|said|see|saw|found) {the}{wrong} (?:for|{instead}) {the}{right}",
    r"{wrong},? {instead} {the}{right} ?(?:here|there)?[.?!]* ?(?:typo|error|mistake)",
    r"{wrong},? {the}(?:also |still )?{should}{hedge}:? {the}{right}",
    r"{wrong}(?: here| there| in [\w ]{{1,30}})?,? {think}(?:it |this |that |which )?{should}{hedge}:? {the}{right}",
    r"{wrong},? {think}(?:this|it|that)? ?(?:is|was|'s) (?:probably |presumably )?(?:supposed|meant|intended)"
    r"(?: to be| as)? {the}{right}",
    r"should(?:n't)? {the}{wrong}(?: here)?(?: not)?{hedge} {be}{hedge} {the}{right}",
    r"{swap} {the}{wrong},? {into} {the}{right}",
    r"{wrong}(?: should be)? {swapped} {into} {the}{right}",
    r"{right},? (?:is |was |being |been )*{misspelled} (?:as )?{wrong}",
    r"{misspelled} {the}{right} as {wrong}",
    r"{right},? (?:being|been) {spelled} (?:as )?{wrong}",
    r"{right},? (?:is |was ){spelled} (?:as )?{wrong}(?= (?:here|there|in|on|at|once|twice|throughout))",
    r"{wrong} (?:is|looks|sounds|seems|feels) (?:wrong|off|incorrect|a typo|{misspelled})[,;.:]*(?: -+)?"
    r" (?:it's|it is|that's|(?:it |this |that )?{should}|use|try|you {mean}){hedge} {the}{right}",
    r"{wrote} {the}{wrong}(?: here)?[,;.]?(?: -)? (?:but |when |and )?(?:i |you |it |that )?{think}(?:you )?"
    r"(?:{mean}|it's|it is|{should}){hedge} {to_say}{the}{right}",
    r"{wrong}(?:[,.;:?!]| -)* (?:do|did|don't|didn't|perhaps|maybe|i think|i believe|i assume|surely|probably"
    r"|presumably|i guess|you|,| )*(?:meant?|mean) {to_say}{the}{right}",
    r"(?:meant?|mean|meaning) {to_say}{the}{right},? (?:for|{not}) {the}{wrong}",
    r"(?:{should}|it's|it is|that's|use){hedge} {the}{right},? ?{not} {the}{wrong}",
    r"^(?:either )?{right},? {not} {the}{wrong}[.!?]*$",
    r"^{wrong} (?:to|for|=|vs\.?|versus) {right}[.!?]*$",
    r"{wrong}(?: (?:is|was|'s))?(?: actually| usually| normally)? {spelled} {right}",
    r"{wrong},? ?(?:it's|it is|that's) (?:actually |supposed to be |meant to be )?{right}[.!?]*$",
    r"(?:either )?{right} or {quoted},? not {wrong}",
    r"(?:is|was|should) {wrong}(?: here)? (?:supposed|meant) to (?:be|read|say) {right}",
    r"{wrong} (?:is|should be) (?:one|two) words?[,:;]? (?:so |as |i\.e\. )?{right}",
)
"""Sentences that name both the wrong and the right words, the more telling first."""

BARE_CHANGES = _patterns(
    r"(?:^|[,.;:(] ?|\b(?:think|assume|guess|that|so|also|and|believe) ){the}{wrong_} {should}{hedge}"
    r" {the}{right_}{end}",
    r"(?:^|[,.;:(] ?)(?!(?:{auxiliary}) not){right_},? {not} {the}{wrong_}{end}",
    r"(?:replace|change) {the}{wrong_} (?:with|to|by|for) {the}{right_}{end}",
    r"(?:wrote|put|used|typed) {the}{wrong_},? (?:but |and |when )?"
    r"(?:it's|it is|you {mean}|(?:it )?{should}|{instead}) {the}{right_}{end}",
    r"^(?P<wrong>[\w'-]+) to (?P<right>[\w'-]+)(?:/[\w'-]+)?[.!?]*$",
    r"{who} (?:have|has|had|{wrote}) {the}{wrong_},? {instead} {the}{right_}{end}",
    r"{mean} {to_say}{the}{right_},? (?:for|{not}) {the}{wrong_}{end}",
    r"{right_} (?:is |was |being |been )*{misspelled} as {wrong_}{end}",
)
"""The same with bare words; taken only when the words are alike or the wrong one stands in the quotation."""

CUE = re.compile(
    r"\b(?:should|must|ought|might want|supposed|meant|needs?|wants?|instead|rather|not|place of|opposed"
    r"|replace|change|wrote|put|used|typed|mis(?:spel|typ)\w+|to)\b",
    re.IGNORECASE,
)
"""Without one of these words none of `BARE_CHANGES` applies."""

REMOVALS = _patterns(
    r"\beither {wrong_} or (?:«\d+»|[\w'-]+) (?:should|can|could) be {removed}",
    r"\b{remove} {the}{wrong_}",
    r"{wrong_},? {the}{seems}(?:{needless}|(?:should|can|could|may) be {removed}"
    r"|(?:should not|shouldn't|doesn't need to|needn't) be (?:there|here))",
)
"""Sentences that ask for words to be taken out."""

ADDITIONS = _patterns(
    r"{add} {the}(?:to add |to put )?{right} {the}(?P<side>before|after|in front of|following|at the end"
    r"|at the beginning|at the start)(?: of)?(?: {the}{wrong_})?",
    r"{right} (?:for|as) {the}(?P<side>last|final) word",
)
"""Sentences that ask for words to be put in, and say where."""

ABOUT = _patterns(
    r"\b(?:in|from|of) (?:the (?:line |phrase |sentence |part |passage |bit ))?(?P<passage>«\d+»)[.!?]*$",
    r"^(?P<passage>«\d+»)(?=,? (?:{should}|is|has|-))",
)
"""Sentences about a passage that they quote."""

TWICE = pattern(r"\b(?:doubled?|repeated|duplicated?|twice|too many|two times)\b")
"""Words that say a word stands there twice."""

DESCRIBED = pattern(
    r"{wrong_} {should}{hedge}(?: in)?(?: an?)? (?P<form>(?:a )?capital|(?:un|de)?capitali[sz]ed|upper-? ?case"
    r"|lower-? ?case|small|hyphenated|(?:all )?one word)\b"
)
"""Sentences that describe what a word should be instead of writing it."""

MOVE = pattern(
    r"{wrong} (?:should|must|needs to|ought to) (?:be|go|come|stand) (?P<side>in front of|before|after) (?P<by>«\d+»)"
)
"""Sentences that ask for a word to stand elsewhere."""

PROPOSALS = _patterns(
    r"{should}{hedge}:? {the}{right}",
    r"should(?:n't)? (?:this|that|it|there)(?: not)?{hedge} {be}{hedge} {the}{right}",
    r"{mean}(?: to)?(?: (?:be|say|write|put|use|read))?{hedge} {the}{right}",
    r"{perhaps}{hedge}:? {the}{right}",
    r"{right} or (?:possibly |maybe |perhaps )?«",
)
"""Sentences that give the right words for a passage quoted elsewhere."""

OF_WORDING = re.compile(
    r"\b(?:reads?|spel(?:led|t|ling)|wrote|writt?en?|typed?|typos?|misspel\w+|words?|wording|meant|meaning|replace|phrase"
    r"|sentence|grammar|tense|you (?:used?|have|put|had|mean)|text (?:says|has))\b",
    re.IGNORECASE,
)
"""Words that show a sentence to be about the text and not about what happens in it."""

BARE_PROPOSAL = pattern(
    r"^{think}(?:(?:this|that|it|which) )?(?:{should}|should(?:n't)? (?:this|that|it) {be}|(?:you )?meant)"
    r"{hedge}:? (?P<words>[^?.!;(]+[?.!]?)"
)

FAULT = re.compile(
    r"\b(?:typos?|missing|extra|misspel\w+|mismatch|tense|disagree\w*|agreement|plural|singular|capitali[sz]\w*"
    r"|punctuation|grammar|comma|apostrophe|incomplete|sentence fragment|cut off|doubled?|duplicat\w+|repeat\w*"
    r"|repetiti\w+|overused|inconsisten\w+|formatting|word order|wrong word|wrong name|pronoun unclear"
    r"|homophone|run-?on|line breaks?|full stop|quotation marks?|quote marks?|closing quotes?"
    r"|(?:doesn't|does not|don't|didn't) (?:\w+ ){0,2}(?:sound|look|read|seem|make sense|parse|fit)"
    r"|(?:sounds|looks|reads|seems|feels) (?:off|wrong))\b",
    re.IGNORECASE,
)
"""Words that say a passage has a mistake, even where none is named."""

WRONG = re.compile(
    r"\b(?:(?:something|somethings|a word|word|anything) (?:is |was |seems |seem )?(?:wrong|off|missing|amiss)"
    r"|(?:typo|mistake|error|misspelling|missing word|word missing) (?:in|at|here)"
    r"|(?:sounds|reads|looks|seems|feels) (?:\w+ )?(?:off|wrong|awkward|incomplete|ungrammatical)"
    r"|(?:doesn't|does not|didn't) (?:\w+ )?(?:sound|seem|look|read|parse|scan) ?(?:right|correct|well|properly)?)\b",
    re.IGNORECASE,
)
"""Words that call the one quoted passage of a sentence wrong."""

_INTERJECTIONS = (
    "nice wow lol lmao oof damn dang heh hah haha ha same this yes yep no nope what huh hmm um uh oh ooh aww aw ouch"
    " yay mood true love poor great good epic cool neat sad rip bruh omg dude man lovely brilliant perfect ugh why"
)
INTERJECTIONS = frozenset(_INTERJECTIONS.split(" "))
"""Single words that readers cry out below a quotation."""

_EVERYDAY = (
    "the then than that this these those there their them they what when where with will well would could should was"
    " has had have his her hers him she he you your yours our ours are and any many more most some same one once not"
    " now new old all also"
)
EVERYDAY = frozenset(_EVERYDAY.split(" "))
"""Words that are like each other without being slips of each other."""

_LEAD_IN = re.compile(
    r"^(?:(?:i (?:think|believe|guess)|surely|presumably|probably|maybe|perhaps|(?:(?:that|it)['’]?s"
    r"|(?:that|it|this) is)(?: (?:spelled|spelt|written))?|you (?:mean|meant)|(?:that |it |this )?should(?:['’]ve"
    r" been| have been| be)|use|try|(?:the )?(?:right|correct) (?:word|spelling)(?: is)?|typo|spelling|spelled|spelt"
    r"|correction)\b[:,;]?\s*|(?:->|=>|→)\s*)+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[,.;!?]\s+")
_OPENERS = re.compile(r"right|there|see|well|then|here|to+|two|no|know|now|one|your?", re.IGNORECASE)
_LONGEST_AFTERTHOUGHT = 4


def peeled(line: str) -> list[str]:
    """What is left of a short note without "you mean", "spelling:" before its words or ", surely" behind them."""
    lead = _LEAD_IN.match(line)
    rest = line[lead.end() :].strip() if lead else line
    head, *behind = _BEHIND.split(rest, maxsplit=1)
    found = [rest] if lead and rest else []
    is_afterthought = bool(behind) and len(behind[0].split()) <= _LONGEST_AFTERTHOUGHT
    if is_afterthought and not _OPENERS.fullmatch(head):
        found.append(head)
    return found
