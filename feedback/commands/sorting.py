"""`feedback sort`: the sorter by itself, JSON Lines in and out."""

import contextlib
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from feedback.errors import Invalid, Unusable
from feedback.sorting import BadSpans, ModelDamaged, Sorter

# What a line may have, by name: the type it must be of, and how a person calls that.
FIELDS: dict[str, tuple[type, str]] = {
    "text": (str, "a string"),
    "chapter": (str, "a string"),
    "spans": (list, "a list"),
}

# JSON can spell half a character, a chapter can't hold it; as at the site's door it becomes U+FFFD in the same place.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@click.command()
@click.argument("file", default="-")
def sort(file: str) -> None:
    """Sort reviews: one JSON object per line of FILE (or "-", standard input) in, one per line out.

    In: {"id": ..., "text": "...", "chapter": "the chapter's text", "spans": [[start, end], ...]}; chapter and spans
    may be missing. With spans those are the remarks, otherwise the text is split. Offsets count code points of the
    text as given; half a character ("\\ud800") counts as one and comes back as it was.

    Out: {"id": ..., "remarks": [{"start", "end", "text", "kind", "confidence", "unsure", "stance", "why",
    "corrections"}, ...]}.

    Example: feedback sort reviews.jsonl > sorted.jsonl

    Example: echo '{"id": 1, "text": "Loved it! teh -> the"}' | feedback sort
    """
    try:
        sorter = Sorter()
    except ModelDamaged as error:
        raise Unusable(f"Reviews can't be sorted: {error}. Install feedback again.") from error
    with contextlib.nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as lines:
        for where, row in rows(lines, "standard input" if file == "-" else file):
            _write({"id": row.get("id"), "remarks": _sorted(sorter, where, row)})


def _sorted(sorter: Sorter, where: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        found = sorter.sort(row["text"], chapter=row.get("chapter"), spans=row.get("spans"))
    except BadSpans as error:
        raise Invalid(f"{where}: {error}.") from error
    return [remark.as_dict() for remark in found]


def rows(lines: Iterable[bytes], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects in JSON Lines, each with where it stands ("reviews.jsonl, line 3"). Empty lines are passed over.

    :raises Invalid: saying where and what is wrong.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{name}, line {number:,}"
            yield where, _row(where, line)


def _row(where: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_number)
    except UnicodeDecodeError as error:
        raise Invalid(f"{where}: this is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{where}: this is not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise Invalid(f"{where}: this is not a JSON object.")
    if "text" not in row:
        raise Invalid(f"{where}: there is no “text”.")
    for field, (type_, called) in FIELDS.items():
        if row.get(field) is None and field != "text":
            continue
        if not isinstance(row[field], type_):
            raise Invalid(f"{where}: “{field}” is not {called}.")
        if field == "chapter":
            row[field] = LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", row[field])
    return row


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _number(digits: str) -> float:
    """A number that JSON can give back: one too large would come out as Infinity."""
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits[:20])


def _write(row: dict[str, Any]) -> None:
    # "backslashreplace" is JSON's own spelling of half a character, in an id or a text.
    sys.stdout.buffer.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
