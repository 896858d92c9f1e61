"""The shapes in which one line proposes a correction by itself, without a quotation above it."""

import re

from feedback.sorting import notes, pairs, phrases
from feedback.sorting.answers import STARRED, answered
from feedback.sorting.context import Context
from feedback.sorting.exchanges import exchanged, made, quoted_only, tidy
from feedback.sorting.instructions import DOUBLED, instructed
from feedback.sorting.kinship import are_reordered, is_slip, is_small
from feedback.sorting.pairs import QUOTED_START, Pair
from feedback.sorting.repairs import FIRST_PERSON, SAME, changes_little, is_believable, is_opposed, is_shown
from feedback.sorting.shapes import Correction
from feedback.sorting.wording import difference, fold, folded_words, likeness, plain

ALIKE, SURELY_ALIKE = 0.6, 0.75
"""How like each other the two sides of a slash must be, with and without a word in common."""

LONGEST_SLIP = 4
"""Words struck out in a sentence of the reader's own: more of them are a joke."""

DASH = re.compile(r"\s+(?:-{1,2}|–|—|:)\s+|(?<=[\"”’'])\s*(?:-{1,2}|–|—|:)\s+")
ASIDE = re.compile(r"^(?P<quote>.{2,200}?)\s*\((?P<note>[^()]{1,80})\)\W{0,2}$")
STRUCK = re.compile(r"~~\s*(?P<old>[^~\n]{1,200}?)\s*~~\s{0,3}(?P<new>[^~\n]{1,200})")
EMPHASISED = re.compile(r"\*{1,2}([^*]{1,100})\*")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“*])")
SED = re.compile(r"^s/(?P<old>[^/\n]{1,100})/(?P<new>[^/\n]{1,100})/?g?$")


def from_line(line: str, context: Context) -> list[Correction]:
    """The corrections that ``line`` proposes by itself: those of the first shape that has any."""
    for shape in (_struck, _sed, _starred, _paired, _sentences, _dash, _aside, _twin):
        if found := shape(line, context):
            return found
    return _faulted(line)


def struck(line: str, context: Context, *, sure: bool = False) -> list[Correction]:
    """``~~old~~ new``; of what follows as many words as were struck out, or those that are emphasised."""
    found: list[Correction] = []
    for match in STRUCK.finditer(line) if "~~" in line else ():
        old, after = match["old"], match["new"]
        emphasised = EMPHASISED.match(after)
        new = emphasised[1] if emphasised else " ".join(after.split()[: len(old.split())])
        is_mended = len(old.split()) <= LONGEST_SLIP and _one_corrects(old, new)
        if (sure or is_mended) and (correction := exchanged(old, new, context, whole=True)):
            found.append(correction)
    return found


def _struck(line: str, context: Context) -> list[Correction]:
    """The same in a line of the reader's own, who strikes out words for a joke, too."""
    return [] if FIRST_PERSON.search(line) else struck(line, context) or _struck_out(line)


def _struck_out(line: str) -> list[Correction]:
    """A small word struck out of a sentence of the story; in a sentence of the reader's own it is a joke."""
    parts = re.split(r"\s*~~([^~\n]{1,40})~~\s*", line.strip())
    if len(parts) != 3 or not (parts[0] and parts[2]):
        return []
    before, word, after = parts
    if not is_small(word.strip().casefold()):
        return []
    correction = made(plain(f"{before} {word} {after}"), plain(f"{before} {after}"))
    return [correction] if correction else []


def _sed(line: str, context: Context) -> list[Correction]:
    """``s/old/new/``, as programmers write it."""
    match = SED.match(line.strip())
    correction = exchanged(match["old"], match["new"], context, whole=True) if match else None
    return [correction] if correction else []


def _starred(line: str, context: Context) -> list[Correction]:
    """``*word`` or ``word*`` alone, where the chapter has one word that it must mean."""
    match = STARRED.match(line.strip())
    word = (match["after"] or match["before"]) if match else ""
    slip = context.slip_for(word) if word else None
    correction = made(slip, word) if slip else None
    return [correction] if correction else []


def _paired(line: str, context: Context) -> list[Correction]:
    """``old -> new`` and ``old/new``, once or several times.

    Of several pairs one that is sure to be a correction vouches for the others.
    """
    found = pairs.read(line, context.stands)
    if len(found) == 1 and found[0].is_arrow and (told := _told(found[0], context)):
        return told
    if not any(_corrected(pair, context, context.listed) for pair in found):
        return []
    vouched = context.listed or len(found) > 1
    made_of = [_corrected(pair, context, vouched) for pair in found]
    return [correction for correction in made_of if correction]


def _told(pair: Pair, context: Context) -> list[Correction]:
    """``old -> what is wrong with it``, and ``old -> a note that quotes what it should be``."""
    if phrases.FAULT.search(pair.new) and likeness(pair.old, pair.new) < 0.5:
        return answered(pair.old, (pair.new,), context) or [quoted_only(pair.old)]
    return answered(pair.old, (pair.new,), context) if notes.read(pair.new).fragments else []


def _corrected(pair: Pair, context: Context, vouched: bool) -> Correction | None:
    """What a pair corrects; None where it may as well compare two things of the story."""
    if _is_journey(pair) or any(map(pairs.HEART.fullmatch, (pair.old, pair.new))):
        return None
    if not pair.is_arrow:
        vouched = vouched or (is_shown(pair.old, pair.new) and likeness(pair.old, pair.new) >= SAME)
        corrects = (vouched or pair.is_plain) and _one_corrects(pair.old, pair.new, vouched=vouched)
        return exchanged(pair.old, pair.new, context, whole=True) if corrects else None
    correction = exchanged(pair.old, pair.new, context)
    if correction and (
        vouched or is_shown(pair.old, pair.new) or is_believable(correction.wrong or "", correction.right or "")
    ):
        return correction
    return _replaced(pair, context, vouched)


def _replaced(pair: Pair, context: Context, vouched: bool) -> Correction | None:
    """A pair of wordings that are not alike: small words for each other, or words that stand in the chapter."""
    if pair.is_plain and (vouched or is_believable(pair.old, pair.new) or _stands(pair, context)):
        return made(tidy(pair.old), tidy(pair.new))
    last, new = pair.old.split()[-1], pair.new.strip(".!? ")
    if is_slip(fold(last), fold(new)):
        return exchanged(last, new, context, whole=True)
    return None


def _stands(pair: Pair, context: Context) -> bool:
    """Whether the old words stand in the chapter, and the new ones are not just others to compare them with."""
    return context.stands(pair.old) and not is_opposed(pair.old, pair.new)


def _is_journey(pair: Pair) -> bool:
    """Whether it goes "from zero -> hero"."""
    return bool(re.search(r"\bfrom \S+$", pair.old)) and "from " not in pair.new and not is_shown(pair.old, pair.new)


def _one_corrects(old: str, new: str, *, vouched: bool = False) -> bool:
    """Whether two sides of a slash are a passage and its correction, not "and/or" or "he/she"."""
    new = re.split(r"\s+OR\s+", new)[0]
    ours, theirs = folded_words(old), folded_words(new)
    if len(ours) == len(theirs) == 1:
        return is_believable(old, new) or (vouched and notes.are_alike(ours[0], theirs[0]))
    alike = likeness(old, new)
    if not (alike >= SURELY_ALIKE or (alike >= ALIKE and set(ours) & set(theirs))):
        return are_reordered(ours, theirs)
    return vouched or changes_little(*difference(tidy(old), tidy(new)))


def _dash(line: str, context: Context) -> list[Correction]:
    """``"old" - new`` and ``old - Missing space``."""
    parts = DASH.split(line, maxsplit=1)
    if len(parts) != 2 or not all(parts):
        return []
    old, note = parts
    quoted = QUOTED_START.match(old)
    if quoted or len(old.split()) <= 14:
        asks = quoted or phrases.FAULT.search(note) or notes.proposes(note)
        if found := answered(old, (note,), context, sure=bool(quoted)) if asks else []:
            return found
        if phrases.FAULT.search(note) and (quoted or len(note.split()) <= 8):
            return [quoted_only(old)]
    return []


def _aside(line: str, context: Context) -> list[Correction]:
    """``old (new?)``."""
    match = ASIDE.match(line)
    if not match or not match["note"].rstrip().endswith("?"):
        return []
    return [
        correction
        for correction in answered(match["quote"], (match["note"],), context)
        if correction.right is not None and notes.are_alike(correction.wrong or "", correction.right)
    ]


def _twin(line: str, context: Context) -> list[Correction]:
    """``old; new``, where the two are the same but for a mark."""
    old, mark, new = line.partition("; ")
    if not mark or len(old.split()) < 2 or likeness(old, new) < 0.85:
        return []
    correction = exchanged(old + mark.strip(), new, context, whole=True)
    return [correction] if correction else []


def _sentences(line: str, context: Context) -> list[Correction]:
    """Sentences that name the wrong and the right words, or a passage and what is wrong with it."""
    found: list[Correction] = []
    passage = ""
    for sentence in SENTENCE.split(line):
        quoted = QUOTED_START.match(sentence)
        here = answered(passage or sentence, (sentence,), context, in_sentence=not passage)
        here = here or _of_passage(sentence, context)
        found += here
        if quoted and not here:
            passage = next(filter(None, quoted.groups()))
    return found


def _of_passage(sentence: str, context: Context) -> list[Correction]:
    """A sentence about a passage it quotes: "'he lead them' should be led", "extra 'the' in 'the the cat'"."""
    note = notes.read(sentence)
    for match in phrases.DESCRIBED.finditer(note.skeleton) if note.fragments else ():
        if match["wrong"].startswith("«"):
            return instructed(tidy(note[match["wrong"]]), "", note)
    for pattern in phrases.ABOUT:
        for match in pattern.finditer(note.skeleton) if note.fragments else ():
            passage = note[match["passage"]]
            rest = note.skeleton[: match.start()] + note.skeleton[match.end() :]
            said = re.sub(r"«\d+»", lambda mark: f'"{note[mark[0]]}"', rest).strip(" ,-:")
            if len(passage.split()) > 1 and _asks(said):
                return answered(passage, (said,), context) or [quoted_only(passage)]
    return []


def _asks(said: str) -> bool:
    """Whether what is said of a passage calls for a change of its words."""
    return bool(phrases.BARE_PROPOSAL.match(said) or phrases.TWICE.search(said) or phrases.FAULT.search(said))


def _faulted(line: str) -> list[Correction]:
    """A quoted passage said to be wrong, or shown doubled, without its repair."""
    note = notes.read(line)
    if len(note.fragments) != 1 or len(note.fragments[0].split()) < 2:
        return []
    (quoted,) = note.fragments
    is_bare = QUOTED_START.fullmatch(line.strip()) and DOUBLED.search(quoted)
    return [quoted_only(quoted)] if is_bare or phrases.WRONG.search(line) else []
