"""Runs: what one review says, next to each other and as it stands in its text. Pages and batches end between runs.

The order of a filter is the order of its runs (`Filter.key`), and a run is entered or left as a whole: so a remark
that is cut, joined, edited or sorted again moves only inside its run, and no cursor can pass it by or meet it twice.
"""

from collections.abc import Callable, Hashable
from itertools import groupby
from typing import TypeVar

R = TypeVar("R")
LONGEST = 10_000
"""Remarks there can be in one review: it has no more characters."""


def read(
    fetch: Callable[[int], list[R]],
    size: int,
    *,
    run: Callable[[R], Hashable],
    place: Callable[[R], tuple[int, int]],
    backwards: bool = False,
) -> tuple[list[R], bool]:
    """As many whole runs as ``size`` rows hold, but at least one; and whether there are more.

    :param fetch: the first rows in the order of the runs, up to a limit.
    :param run: which run a row is of.
    :param place: where a row stands in its review: start and id.
    :param backwards: ``fetch`` goes from the last run to the first.
    """
    rows = fetch(size + 1)
    more = len(rows) > size
    if more and run(rows[0]) == run(rows[size]):
        rows = fetch(LONGEST + 1)
        whole = [row for row in rows if run(row) == run(rows[0])]
        more = len(whole) < len(rows)
    else:
        whole = [row for row in rows if run(row) != run(rows[size])] if more else rows
    if backwards:
        whole.reverse()
    return [row for _, each in groupby(whole, run) for row in sorted(each, key=place)], more
