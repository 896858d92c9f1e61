"""Reading what a note asks for: "'X' should be 'Y'", "remove 'X'", "Y instead of X", "missing space".

A note is first turned into a skeleton in which every quoted or emphasised stretch is one numbered mark, so
that the patterns below read like the sentences people write. ``{0}`` in a pattern is such a stretch, ``{w}``
such a stretch or one bare word.
"""

import re
from dataclasses import dataclass

from feedback.sorting.wording import QUOTES, likeness, plain

LONGEST_NOTE = 600

FRAGMENT = re.compile(
    r'"(?P<double>[^"\n]{1,400})"|(?<!\w)\'(?P<single>[^\'\n]{1,80}(?:\'\w[^\'\n]{0,80}){0,4})\'(?!\w)'
    r"|\*\*\*?(?P<bold>[^*\n]{1,200})\*\*\*?|(?<![\w*])\*(?P<italic>[^*\s][^*\n]{0,200})\*(?![\w*])"
    r"|(?<![\w_])_(?P<under>[^_\n]{1,200})_(?![\w_])|(?<![\w_])__(?P<heavy>[^_\n]{1,200})__(?![\w_])"
    r"|`(?P<code>[^`\n]{1,200})`|\[(?P<bracket>[^\]\[\n]{1,60})\](?!\()"
)

_BE = r"(?:be|read|say|have been|have read|have said|become|go|look like|end with|start with)"
_HEDGE = r"(?:,? ?(?:probably|presumably|maybe|perhaps|possibly|actually|rather|really|instead|likely|either|just|also|only|simply|technically|i think|i believe|imo|more like|something like))*"
_SHOULD = (
    rf"(?:(?:should|shouldn't|must|ought to|might want to|is (?:supposed|meant) to|was (?:supposed|meant) to"
    rf"|were (?:supposed|meant) to|(?:probably |likely )?(?:needs?|wants?) to){_HEDGE} {_BE}"
    rf"|(?:is|was) (?:probably |presumably |likely |maybe )?(?:supposed|meant) to{_HEDGE} {_BE})"
)
_THINK = r"(?:i (?:think|believe|assume|guess|suspect|reckon|feel like|take it),? (?:that |you )?|surely |presumably |perhaps |maybe |pretty sure )?"
_THE = r"(?:the |a |an |that |this |first |second |last |third |extra |word |words |phrase |part |bit |line |sentence |spelling |one |of )*"


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its quoted stretches taken out: what was between them, and they."""

    skeleton: str
    fragments: tuple[str, ...]

    def __getitem__(self, mark: str) -> str:
        """The words behind a mark of the skeleton; a bare word is itself."""
        return self.fragments[int(mark[1:-1])] if mark.startswith("«") else mark


def read(text: str) -> Note:
    """``text`` as a skeleton and its fragments."""
    fragments: list[str] = []

    def taken(match: re.Match[str]) -> str:
        fragments.append(plain(next(filter(None, match.groups()))))
        return f"«{len(fragments) - 1}»"

    skeleton = FRAGMENT.sub(taken, text[:LONGEST_NOTE].translate(QUOTES).replace("«", "<").replace("»", ">"))
    return Note(" ".join(skeleton.split()), tuple(fragments))


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = {"wrong": r"(?P<wrong>«\d+»)", "right": r"(?P<right>«\d+»)"}
    bare = {f"{name}_": rf"(?P<{name}>«\d+»|[\w'-]+)" for name in parts}
    return re.compile(
        sentence.format(**parts, **bare, be=_BE, should=_SHOULD, hedge=_HEDGE, think=_THINK, the=_THE),
        re.IGNORECASE,
    )


CHANGES = tuple(
    map(
        _pattern,
        (
            r"{wrong}(?:,| -|:)? (?:instead of|when|where) (?:it|you|that|this) (?:{should}|meant?|wanted) {right}",
            r"(?:you|u|it|text|line|chapter|there'?s?|there is|sentence|author) (?:wrote|write|put|used?|typed?|have|had|has|said|says?|reads?|is|wr\w+)(?: down)? {the}{wrong}(?: here| there)?,? (?:instead of|rather than) {the}{right}",
            r"{wrong},? (?:instead of|rather than) {the}{right} ?(?:here|there)?[.?!]* ?(?:typo|error|mistake)",
            r"(?:typed|wrote|used|put|has|have|says|said|see|saw|found) {the}{wrong} (?:instead of|for|rather than) {the}{right}",
            r"{wrong},? {the}(?:also |still )?{should}{hedge}:? {the}{right}",
            r"{wrong}(?: here| there| in [\w ]{{1,30}})?,? {think}(?:it |this |that |which )?{should}{hedge}:? {the}{right}",
            r"{wrong},? {think}(?:this|it|that)? ?(?:is|was|'s) (?:probably |presumably |supposed |meant )*(?:supposed|meant|intended) (?:to be|as)? ?{the}{right}",
            r"should(?:n't)? {the}{wrong}(?: here)?(?: not)?{hedge} {be}{hedge} {the}{right}",
            r"(?:replace|change|swap|switch|correct|substitute) {the}{wrong},? (?:with|to|by|for|into) {the}{right}",
            r"{wrong}(?: should be)? (?:replaced|changed|swapped|corrected) (?:with|to|by|for|into) {the}{right}",
            r"{right},? (?:is |was |being |been )*(?:misspelled|misspelt|mistyped|spelled|spelt|written|typed) (?:as )?{wrong}",
            r"(?:wrote|write|put|used?|typed?|have|had|has|said|says?|reads?) {the}{wrong}(?: here)?(?:,|;|\.| -)? ?(?:but |when |and )?(?:i |you |it |that )?(?:{think}|think you )(?:you )?(?:meant?|mean|wanted|want|it's|it is|{should}){hedge} (?:to (?:say|write|put|be) )?{the}{right}",
            r"{wrong}(?:[,.;:?!]| -)* (?:do|did|don't|didn't|perhaps|maybe|i think|i believe|i assume|surely|probably|presumably|i guess|you|,| )*(?:meant?|mean) (?:to (?:say|write|put|be|use) )?{the}{right}",
            r"(?:meant?|mean|meaning) (?:to (?:say|write|put|be|use) )?{the}{right},? (?:instead of|rather than|not|and not|for) {the}{wrong}",
            r"(?:{should}|it's|it is|that's|use){hedge} {the}{right},? ?(?:instead of|rather than|not|and not|in place of|as opposed to) {the}{wrong}",
            r"^(?:either )?{right},? (?:instead of|rather than|not|and not) {the}{wrong}[.!?]*$",
            r"^{wrong} (?:to|for|=|vs\.?|versus) {right}[.!?]*$",
            r"{wrong}(?: (?:is|was|'s))?(?: actually| usually| normally)? (?:spelled|spelt|written) {right}",
            r"{wrong},? ?(?:it's|it is|that's) (?:actually |supposed to be |meant to be )?{right}[.!?]*$",
            r"(?:either )?{right} or «\d+»,? not {wrong}",
        ),
    )
)
"""Sentences that name both the wrong and the right words, the more telling first."""

BARE_CHANGES = tuple(
    map(
        _pattern,
        (
            r"(?:^|[,.;:(] ?|\b(?:think|assume|guess|that|so|also|and|believe) ){the}{wrong_} {should}{hedge} {the}{right_}(?=$|[\s.,;!?)-])",
            r"(?:^|[,.;:(] ?){right_},? (?:instead of|rather than|not) {the}{wrong_}(?=$|[\s.,;!?)-])",
            r"(?:replace|change) {the}{wrong_} (?:with|to|by|for) {the}{right_}(?=$|[\s.,;!?)-])",
            r"(?:wrote|put|used|typed) {the}{wrong_},? (?:but |and |when )?(?:it's|it is|it should be|you mean|you meant|it {should}|should be|instead of) {the}{right_}(?=$|[\s.,;!?)-])",
            r"^{wrong_} (?:to|for) {right_}(?=$|[\s.,;!?)/-])",
            r"{right_} (?:is |was |being |been )*(?:misspelled|misspelt|mistyped) as {wrong_}(?=$|[\s.,;!?)-])",
        ),
    )
)
"""The same with bare words; taken only when the words are alike or the wrong one stands in the quotation."""

REMOVALS = tuple(
    map(
        _pattern,
        (
            r"\b(?:remove|delete|drop|cut|lose|omit|strike|scrap|get rid of|take out|leave out) {the}{wrong_}",
            r"\beither {wrong_} or (?:«\d+»|[\w'-]+) (?:should|can|could) be (?:deleted|removed|dropped|cut)",
            r"\b(?:don't need|do not need|doesn't need|no need for|don't think you need|needn't|unnecessary|unneeded|extra|redundant|superfluous|spare|stray|extraneous|surplus|one too many|accidental) {the}{wrong_}",
            r"{wrong_},? {the}(?:is |was |are |seems |appears |looks |feels |to be |probably |a bit |really |be )*(?:extra|redundant|unnecessary|unneeded|superfluous|not needed|doubled|duplicated|repeated|(?:should|can|could|may) be (?:removed|deleted|dropped|cut|omitted|left out)|(?:should not|shouldn't|doesn't need to|needn't) be (?:there|here))",
        ),
    )
)
"""Sentences that ask for words to be taken out."""

DOUBLED = re.compile(r"\b(?:doubled?|twice|duplicat\w+|repeat\w*|repetition|double word)\b|\bextra word\b")

ADDITIONS = tuple(
    map(
        _pattern,
        (
            r"(?:missing|forgot|add|insert|needs?|lacks?|lacking|skipped|put|there should be|should have|dropped|left out) {the}(?:to add |to put )?{right} {the}(?P<side>before|after|in front of|following|at the end|at the beginning|at the start)(?: of)?(?: {the}{wrong})?",
            r"{right} (?:for|as) {the}(?P<side>last|final) word",
            r"(?:missing|forgot|add|insert|needs?|lacks?|lacking|skipped|there should be|should have|dropped|left out) {the}(?:to add |to put )?{right}",
        ),
    )
)
"""Sentences that ask for words to be put in, with or without a word that says where."""

MOVE = re.compile(
    r"(?P<wrong>«\d+») (?:should|must|needs to|ought to) (?:be|go|come|stand) (?P<side>in front of|before|after)"
    r" (?P<by>«\d+»)",
    re.IGNORECASE,
)
"""Sentences that ask for a word to stand elsewhere."""

PROPOSALS = tuple(
    map(
        _pattern,
        (
            r"{should}{hedge}:? {the}{right}",
            r"should(?:n't)? (?:this|that|it|there)(?: not)?{hedge} {be}{hedge} {the}{right}",
            r"(?:meant?|mean|want|wanted|intended)(?: to)?(?: (?:be|say|write|put|use|read))?{hedge} {the}{right}",
            r"(?:maybe|perhaps|possibly|probably|i'd (?:say|use|write|suggest|change this to)|i would (?:say|use|write|suggest|change this to)|suggest|try|consider|see this as|better|could be|either){hedge}:? {the}{right}",
            r"{right} or (?:possibly |maybe |perhaps )?«",
        ),
    )
)
"""Sentences that give the right words for a passage quoted elsewhere."""

BARE_PROPOSAL = re.compile(
    rf"^{_THINK}(?:(?:this|that|it|which) )?(?:{_SHOULD}|should(?:n't)? (?:this|that|it) {_BE}|(?:you )?meant)"
    rf"{_HEDGE}:? (?P<words>[^?.!;(]+[?.!]?)",
    re.IGNORECASE,
)
FAULT = re.compile(
    r"\b(?:typos?|missing|extra|misspel\w+|mismatch|tense|disagree\w*|agreement|plural|singular|capitali[sz]\w*"
    r"|punctuation|grammar|comma|apostrophe|incomplete|sentence fragment|cut off|doubled?|duplicat\w+|repeat\w*|repetiti\w+"
    r"|overused|inconsisten\w+|formatting|word order|wrong word|wrong name|pronoun unclear"
    r"|homophone|run-?on|line breaks?|full stop|quotation marks?|quote marks?|closing quotes?"
    r"|(?:doesn't|does not|don't|didn't) (?:\w+ ){0,2}(?:sound|look|read|seem|make sense|parse|fit)"
    r"|(?:sounds|looks|reads|seems|feels) (?:off|wrong))\b",
    re.IGNORECASE,
)
"""Words that say a passage has a mistake, even where none is named."""


def changes(note: Note) -> list[tuple[str, str]]:
    """The ``(wrong, right)`` words a note names in quotation marks, in order; one for each sentence form."""
    found: list[tuple[int, str, str]] = []
    taken: set[str] = set()
    for pattern in CHANGES:
        for match in pattern.finditer(note.skeleton):
            wrong, right = match["wrong"], match["right"]
            if wrong in taken or right in taken:
                continue
            taken |= {wrong, right}
            found.append((match.start(), note[wrong], note[right]))
    return [(wrong, right) for _, wrong, right in sorted(found)]


def bare_changes(note: Note) -> list[tuple[str, str]]:
    """The ``(wrong, right)`` words a note may name without quotation marks; the caller must check them."""
    return [
        (note[match["wrong"]], note[match["right"]])
        for pattern in BARE_CHANGES
        for match in pattern.finditer(note.skeleton)
    ]


def proposes(text: str) -> bool:
    """Whether a note puts forward words of its own ("is this meant to be 'diagonally'?")."""
    skeleton = read(text).skeleton
    return any(pattern.search(skeleton) for pattern in PROPOSALS)


def are_alike(wrong: str, right: str) -> bool:
    """Whether two bare words can be a slip and its correction ("wierd", "weird"), not "they" and "fine"."""
    if min(len(wrong), len(right)) < 3 or wrong.casefold() == right.casefold():
        return False
    return likeness(wrong, right) >= 0.66 and not {wrong.lower(), right.lower()} <= EVERYDAY


EVERYDAY = frozenset(
    "the then than that this these those there their them they what when where with will well would could should"
    " was has had have his her hers him she he you your yours our ours are and any many more most some same one"
    " once not now new old all also".split()
)
