"""What splitting, corrections and anchors reach on real text, and how fast: ``python bench/sorting_text.py``.

Reads ``../shared/remarks`` and ``../shared/serial``. Everything random is drawn from the seed given by
``--seed`` (1); ``--trials`` (2000) is the number of quotations.
"""

import argparse
import html
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from feedback.sorting.anchors import anchored, find_quote, resolve, select
from feedback.sorting.chapter_text import ChapterText, squeeze
from feedback.sorting.corrections import in_review
from feedback.sorting.places import Budget
from feedback.sorting.shapes import Anchor, Correction
from feedback.sorting.splitting import split
from feedback.sorting.wording import fold, plain

SHARED = Path(__file__).resolve().parents[2] / "shared"
LEEWAY = 6
"""Characters by which a placed quotation may be off at either end."""

SAME_WORDS = 90
"""A passage this like the undamaged quotation holds the same words, though it is not the one meant."""

Change = tuple[str | None, str | None]


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one JSON Lines file of remarks."""
    with (SHARED / "remarks" / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def chapters() -> list[str]:
    """The plain text of the serial's chapters."""
    found = []
    for path in sorted((SHARED / "serial").glob("*.xhtml")):
        body = re.search(r"<body.*?>(.*)</body>", path.read_text(encoding="utf-8"), re.DOTALL)
        blocks = re.sub(r"</(?:p|h\d|blockquote)>", "\n\n", body[1] if body else "")
        text = html.unescape(re.sub(r"<[^>]+>", "", blocks))
        found.append(re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", text).strip())
    return found


def f1(hits: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = hits / max(found, 1), hits / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def boundaries(name: str) -> None:
    """Boundary F1: the places where remarks begin, compared exactly with where the labelled segments do."""
    hits = found = wanted = 0
    for row in rows(name):
        gold = {remark["start"] for remark in row["remarks"]}
        ours = {start for start, _ in split(row["text"])}
        hits, found, wanted = hits + len(gold & ours), found + len(ours), wanted + len(gold)
    precision, recall, score = f1(hits, found, wanted)
    print(f"boundaries  {name:12} precision {precision:.3f}  recall {recall:.3f}  F1 {score:.3f}")


def folded(text: str | None) -> str | None:
    """A wording as it is compared: case, quotes, markup and outer white space aside."""
    return None if text is None else " ".join(fold(plain(text)).split()).strip("\"' ")


def changes_of(corrections: Sequence[Correction]) -> Counter[Change]:
    """The (wrong, right) pairs of corrections, as they are compared."""
    return Counter((folded(one.wrong), folded(one.right)) for one in corrections)


def corrections() -> None:
    """Precision and recall of corrections over whole comments.

    ``stated``: those whose wrong and right words are both known; ``all``: also those where the reader says
    only that a passage is wrong, which count when we, too, leave the same words open.
    """
    counts: dict[str, list[int]] = {"stated": [0, 0, 0], "all": [0, 0, 0]}
    for row in rows("corrections-dev.jsonl"):
        text = row["text"]
        ours = changes_of([one for found in in_review(text, split(text)) for one in found])
        gold = changes_of([Correction(**one) for one in row["corrections"]])
        for which, count in counts.items():
            mine, theirs = (ours, gold) if which == "all" else (stated(ours), stated(gold))
            values = (sum((mine & theirs).values()), sum(mine.values()), sum(theirs.values()))
            count[:] = [before + value for before, value in zip(count, values, strict=True)]
    for which, (hits, found, wanted) in counts.items():
        precision, recall, _ = f1(hits, found, wanted)
        print(
            f"corrections {which:12} precision {precision:.3f}  recall {recall:.3f}  ({wanted} wanted, {found} found)"
        )


def stated(changes: Counter[Change]) -> Counter[Change]:
    """Only the changes of which both sides are known."""
    return Counter({change: count for change, count in changes.items() if None not in change})


def chatter() -> None:
    """Remarks labelled with anything but grammar in which a correction is found."""
    found = total = 0
    for name in ("dev.jsonl", "train.jsonl"):
        for row in rows(name):
            spans = [(remark["start"], remark["end"]) for remark in row["remarks"]]
            for remark, here in zip(row["remarks"], in_review(row["text"], spans), strict=True):
                if remark["kind"] != "grammar" and "grammar" not in remark["also"]:
                    total, found = total + 1, found + bool(here)
    print(f"corrections found in {found} of {total} remarks that are not about grammar")


def damaged(rng: random.Random, quote: str, share: float = 0.05) -> str:
    """``quote`` with ``share`` of its characters, at least one, changed, added or left out."""
    characters = list(quote)
    for _ in range(max(1, round(len(quote) * share))):
        at, kind, new = rng.randrange(len(characters)), rng.randrange(3), rng.choice("abcdefghijklmnopqrstuvwxyz ")
        characters[at : at + (kind != 1)] = [] if kind == 2 else [new]
    return "".join(characters)


def without_sentences(text: str, start: int, end: int) -> str:
    """``text`` without the sentences that ``start:end`` touches."""
    first = max(text.rfind(mark, 0, start) for mark in ".\n") + 1
    ends = [at for mark in ".\n" if (at := text.find(mark, end)) >= 0]
    return text[:first] + text[min(ends, default=len(text)) + 1 :]


def quotations(rng: random.Random, texts: list[str], trials: int) -> Iterator[tuple[int, int, int]]:
    """``trials`` passages of 25-150 characters that begin and end with a word: chapter, start and end."""
    drawn = 0
    while drawn < trials:
        which, length = rng.randrange(len(texts)), rng.randint(25, 150)
        start = rng.randrange(len(texts[which]) - length)
        words = texts[which][start : start + length]
        if words[0].isalnum() and words[-1].isalnum():
            drawn += 1
            yield which, start, start + length


def outcome(anchor: Anchor, text: str, quote: str, start: int | None, end: int | None) -> str:
    """Whether an anchor is where it should be: right, on the same words elsewhere, on other words, or none."""
    if anchor.start is None or anchor.end is None:
        return anchor.state
    if start is not None and end is not None and abs(anchor.start - start) <= LEEWAY >= abs(anchor.end - end):
        return "right"
    alike = fuzz.ratio(squeeze(quote), squeeze(text[anchor.start : anchor.end]))
    return "same words elsewhere" if alike >= SAME_WORDS else "on other words"


def anchors(seed: int, trials: int) -> None:
    """Damaged quotations in their chapter, in another one, and in their own without their sentences."""
    rng, texts = random.Random(seed), chapters()
    prepared = [ChapterText(text) for text in texts]
    results: dict[str, Counter[str]] = {name: Counter() for name in ("own", "other", "deleted", "re-anchored")}
    for which, start, end in quotations(rng, texts, trials):
        text, exact = texts[which], texts[which][start:end]
        quote, other = damaged(rng, exact), rng.choice([at for at in range(len(texts)) if at != which])
        cut = without_sentences(text, start, end)
        results["own"][outcome(find_quote(quote, prepared[which]), text, exact, start, end)] += 1
        results["other"][outcome(find_quote(quote, prepared[other]), texts[other], exact, None, None)] += 1
        results["deleted"][outcome(find_quote(quote, cut), cut, exact, None, None)] += 1
        results["re-anchored"][outcome(resolve(select(text, start, end), cut), cut, exact, None, None)] += 1
    for name, counts in results.items():
        print(f"anchors     {name:12} " + "  ".join(f"{what} {count}" for what, count in counts.most_common()))


def floors(seed: int, trials: int) -> None:
    """The likeness of damaged quotations to their own place and to the best place of another chapter."""
    rng, texts = random.Random(seed), chapters()
    prepared = [squeeze(text) for text in texts]
    print("likeness    length   own: least, 1 in 100    other chapter: greatest, 1 in 100")
    for length in (15, 20, 25, 30, 40, 60, 80, 120):
        own, other = [], []
        for _ in range(trials // 8):
            which = rng.randrange(len(texts))
            start = rng.randrange(len(prepared[which]) - length)
            quote = damaged(rng, prepared[which][start : start + length])
            own.append(fuzz.partial_ratio(quote, prepared[which]))
            other.append(fuzz.partial_ratio(quote, prepared[which - 1]))
        low, high, rank = sorted(own), sorted(other, reverse=True), len(own) // 100
        print(f"            {length:6}   {low[0]:9.1f} {low[rank]:9.1f}    {high[0]:18.1f} {high[rank]:9.1f}")


REVIEW = """The scene with the hens made me laugh out loud on the train.

> She sat down on the frist chair she could find.

first

Will we see more of the aunt in the next chapter?"""


def median_ms(work: Callable[[], object], times: int = 300) -> float:
    """The median time of ``work`` in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def speed() -> None:
    """One review of three remarks with one correction, in one chapter; and preparing a chapter."""
    text = chapters()[1] + " She sat down on the first chair that she could find."
    chapter, spans = ChapterText(text), split(REVIEW)
    found = [one for here in in_review(REVIEW, spans) for one in here]
    steps = {
        "split": lambda: split(REVIEW),
        "corrections": lambda: in_review(REVIEW, spans),
        "anchors": lambda: anchored(found, chapter, Budget()),
    }
    taken = {name: median_ms(work) for name, work in steps.items()}
    print("speed       " + "  ".join(f"{name} {ms:.3f} ms" for name, ms in taken.items()))
    print(f"speed       one review of {len(spans)} remarks {sum(taken.values()):.3f} ms")
    print(
        f"speed       a chapter of {len(text):,} characters prepared in {median_ms(lambda: ChapterText(text)):.2f} ms"
    )
    long = (text * (500_000 // len(text) + 1))[:500_000]
    print(f"speed       a chapter of 500,000 characters prepared in {median_ms(lambda: ChapterText(long), 5):.1f} ms")


def _words(stem: str, count: int) -> str:
    return " ".join(f"{stem}{at}" for at in range(count))


ADVERSARIES = {
    "arrows between alike words": "a b " * 30 + "-> " + "a c " * 30 + "\n",
    "arrows between ellipses": "a b..." * 20 + " -> " + "a c..." * 20 + "\n",
    "arrows between lists": "a, b and c -> c, d and e, " * 14 + "\n",
    "one arrow, many commas": "a, b; c and " * 25 + " -> " + "d, e; f and " * 25 + "\n",
    "long sides of should be": f'"{_words("word", 60)}" should be "{_words("ward", 60)}"\n',
    "long sides of a dash": f'"{"a b " * 60}" - {"a c " * 30}\n',
    "long quotation and answer": f"> {_words('word', 150)}\n\n{_words('ward', 58)}\n\n",
    "many quotations, one answer": ("> " + "a b " * 80 + "\n") * 4 + "a c " * 30 + "\n\n",
    "emoticons": "teh -> the" + " :)" * 100 + "\n",
    "starred words": "*definitely\n",
    "quotation marks": '"a ',
    "hyphens": "a - b ",
}
"""Texts that cost most for their length, each to be repeated up to the longest review."""

LONGEST_REVIEW = 10_000


def adversaries() -> None:
    """Processor time of corrections in the longest review, alone and on a chapter of 500,000 characters."""
    prose = " ".join(chapters())
    chapter = ChapterText((prose * (500_000 // len(prose) + 1))[:500_000])
    for name, unit in ADVERSARIES.items():
        text = (unit * (LONGEST_REVIEW // len(unit) + 1))[:LONGEST_REVIEW]
        spans, taken = split(text), []
        for known in (None, chapter):
            began = time.process_time()
            in_review(text, spans, known)
            taken.append((time.process_time() - began) * 1000)
        print(f"adversary   {name:28} {taken[0]:6.1f} ms   with a chapter {taken[1]:6.1f} ms")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trials", type=int, default=2000)
    options = parser.parse_args()
    boundaries("dev.jsonl")
    boundaries("train.jsonl")
    corrections()
    chatter()
    anchors(options.seed, options.trials)
    floors(options.seed, options.trials)
    speed()
    adversaries()


if __name__ == "__main__":
    main()
