"""What an address can ask of the desk, and what it is told when it makes no sense."""

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.errors import BadQuery
from feedback.remarks.filter import PARAMETERS, SORTS, STATUSES, Filter, parse, search
from feedback.sorting.kinds import GROUPS, KINDS, STANCES


def of(query: str) -> Filter:
    return parse(parse_qs(query, keep_blank_values=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Filter()),
        ("kind=&q=&status=", Filter()),
        ("utm_source=x", Filter()),
        ("work=7", Filter(work=7)),
        ("work=7&chapter=2", Filter(work=7, chapter=2)),
        ("kind=plot&kind=world", Filter(kinds=("plot", "world"))),
        ("kind=plot&kind=plot", Filter(kinds=("plot",))),
        ("group=story", Filter(group="story")),
        ("stance=negative&status=todo", Filter(stance="negative", status="todo")),
        ("reviewer=Ben", Filter(reviewer="Ben")),
        ("q=+the++rope+", Filter(q="the rope")),
        ("starred=1&unsure=1&answered=no", Filter(starred=True, unsure=True, unanswered=True)),
        ("asks=1&loved=1", Filter(asks=True, loved=True)),
        ("since=2026-03-01", Filter(since=date(2026, 3, 1))),
        ("sort=oldest&after=12", Filter(sort="oldest", after=(12,))),
        ("kind=grammar&after=1.2.300.4", Filter(kinds=("grammar",), after=(1, 2, 300, 4))),
    ],
)
def test_reads(query: str, expected: Filter) -> None:
    assert of(query) == expected


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("work=0", "work"),
        ("work=-1", "work"),
        ("work=one", "work"),
        ("work=%D9%A3", "work"),
        ("work=9223372036854775808", "work"),
        ("work=" + "9" * 400, "work"),
        ("work=1&work=2", "work"),
        ("chapter=1", "chapter"),
        ("work=1&chapter=x", "chapter"),
        ("kind=nothing", "kind"),
        ("&".join(["kind=plot"] * 14), "kind"),
        ("group=sories", "group"),
        ("stance=angry", "stance"),
        ("status=lost", "status"),
        ("status=new&status=done", "status"),
        ("reviewer=a", "reviewer"),
        ("reviewer=%00%00%00%00", "reviewer"),
        ("q=" + "a" * 201, "q"),
        ("q=" + "+".join("abcdefghijklm"), "q"),
        ("starred=yes", "starred"),
        ("answered=1", "answered"),
        ("since=tomorrow", "since"),
        ("since=2026-13-01", "since"),
        ("since=20260301", "since"),
        ("sort=best", "sort"),
        ("before=x", "before"),
        ("before=9223372036854775808", "before"),
        ("before=1.2.3.4", "before"),
        ("sort=chapter&before=1", "before"),
        ("before=3&after=1", "after"),
    ],
)
def test_names_what_makes_no_sense(query: str, parameter: str) -> None:
    with pytest.raises(BadQuery) as caught:
        of(query)
    assert caught.value.parameter == parameter


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "newest"),
        ("group=craft", "chapter"),
        ("kind=grammar&kind=plot", "chapter"),
        ("kind=grammar&kind=praise", "newest"),
        ("group=story", "newest"),
        ("group=craft&q=rope", "newest"),
        ("group=craft&sort=oldest", "oldest"),
    ],
)
def test_craft_goes_in_chapter_order(query: str, order: str) -> None:
    assert of(query).order == order


filters = st.builds(
    Filter,
    work=st.integers(1, 2**63 - 1),
    chapter=st.none() | st.integers(1, 10**6),
    kinds=st.lists(st.sampled_from(list(KINDS)), unique=True).map(tuple),
    group=st.sampled_from(["", *GROUPS]),
    stance=st.sampled_from(["", *STANCES]),
    status=st.sampled_from(["", *STATUSES]),
    reviewer=st.sampled_from(["", "Ben", "Ünal_9"]),
    q=st.sampled_from(["", "rope", 'a "b" & c=d; % + é']),
    starred=st.booleans(),
    unsure=st.booleans(),
    unanswered=st.booleans(),
    asks=st.booleans(),
    loved=st.booleans(),
    since=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
    sort=st.sampled_from(["", *SORTS]),
)


@given(filters)
def test_a_link_leads_to_the_same_tray(wanted: Filter) -> None:
    assert of(urlencode(wanted.to_query())) == wanted


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(max_size=30), max_size=3)))
def test_anything_is_a_filter_or_named(args: dict[str, list[str]]) -> None:
    try:
        found = parse(args)
    except BadQuery as error:
        named = error.parameter
    else:
        named = ""
        assert parse(parse_qs(urlencode(found.to_query()))) == found
    assert named in ("", *PARAMETERS)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("rope", 'owner : "a12" AND text : "rope"'),
        ("the rope", 'owner : "a12" AND text : "the" AND text : "rope"'),
        ('ro"pe" OR', 'owner : "a12" AND text : "ro pe " AND text : "OR"'),
        ("text:x*", 'owner : "a12" AND text : "text:x*"'),
        ("?! …", '""'),
    ],
)
def test_search_is_literal_and_within_one_author(q: str, expected: str) -> None:
    assert search(12, q) == expected
