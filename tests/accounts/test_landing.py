"""Where `next` may lead: to a page of this site, and nowhere else."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Request
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.routing import MapAdapter
from werkzeug.test import EnvironBuilder
from werkzeug.utils import redirect

from feedback.accounts import landing
from tests.conftest import PASSWORD, Site, Visitor, make_site


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> MapAdapter:
    """The addresses of the real site."""
    site = make_site(Path(tmp_path_factory.mktemp("site")))
    site.db.close()
    return site.app.url_map.bind("")


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/works/1",
        "/works/1/chapters/2",
        "/works/1/chapters/2#review",
        "/works/1/chapters/2?before=9#review",
        "/dashboard?kind=grammar&kind=prose&q=two+words",
        "/dashboard?q=http://elsewhere.example/",
        "/dashboard?reviewer=Зоя",
        "/dashboard?q=%2F%2Felsewhere.example%0d%0a",
        "/account/password",
        "/works/new",
    ],
)
def test_pages_of_this_site(routes: MapAdapter, place: str) -> None:
    assert landing.safe_next(place, routes) == place


@pytest.mark.parametrize(
    "place",
    [
        "",
        "works/1",
        "?q=1",
        "#review",
        "http://elsewhere.example/",
        "https:works/1",
        "//elsewhere.example",
        "//elsewhere.example/works/1",
        "///works/1",
        "////works/1",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/works/1\\..\\..",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "/works/1\r\nSet-Cookie: a=b",
        "\t//elsewhere.example",
        " //elsewhere.example",
        "/%2Felsewhere.example",
        "/%2F%2Felsewhere.example",
        "/%5Celsewhere.example",
        "/%09/elsewhere.example",
        "/.//elsewhere.example",
        "/..//elsewhere.example",
        "/works/..//elsewhere.example",
        "/%2e%2e/works/1",
        "/./works/1",
        "//works/1",
        "/works//1",
        "/works/1\x00",
        "/works/1\u2028",
        "/works/1?before=\r\nSet-Cookie: a=b",
        "/works/1?before=\t",
        "/works/1?before=\\",
        "/works/1#\u202e",
        "/works/1?before=\ud800",
        "/works/1\u202e",
        "/works/1\ud800",
        "javascript:alert(1)",
        "data:text/html,x",
        "/nothing/here",
        "/works/one",
        "/login",
        "/login?next=/works/1",
        "/%6Cogin",
        "/register",
        "/recover",
        "/reset/token",
        "/logout",
        "/healthz",
        "/static/1/site.css",
        "/account/sessions/revoke",
        "/works/1/chapters/2/move",
        "/works/1/chapters/2/reviews",
        "/dashboard/triage",
        "/works/" + "1" * 3_000,
    ],
)
def test_everything_else_leads_home(routes: MapAdapter, place: str) -> None:
    assert landing.safe_next(place, routes) == "/"


WORDS = "/ // \\ . .. %2f %5c %09 @ : ? # % http: evil.example works 1 chapters dashboard account login &draft=x ä"
BEGINNINGS = st.sampled_from(["", "/works/1", "/works/1?before=", "/dashboard#"])
PIECES = st.sampled_from([*WORDS.split(), *"\t\n\r \u202e\ud800"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500, deadline=None)
@given(
    st.builds(str.__add__, BEGINNINGS, st.text(st.characters()) | st.lists(PIECES, max_size=8).map("".join)),
    st.sampled_from(["", "token"]),
)
@example("///works/1", "token")
@example("/works/1?#//evil.example", "token")
def test_no_next_leaves_the_site(routes: MapAdapter, raw: str, draft: str) -> None:
    place = landing.Landing(landing.safe_next(raw, routes), draft).url
    location = redirect(place, 303).get_wsgi_headers(EnvironBuilder().get_environ())["Location"]
    assert location.isascii()
    assert location.isprintable()
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert urlsplit(urljoin("https://here.example/login", location)).netloc == "here.example"


@pytest.mark.parametrize(
    ("place", "draft", "url"),
    [
        ("/works/1", "", "/works/1"),
        ("/works/1", "tok-en_1", "/works/1?draft=tok-en_1"),
        ("/works/1#review", "token", "/works/1?draft=token#review"),
        ("/works/1?before=3#review", "token", "/works/1?before=3&draft=token#review"),
        ("/works/1?draft=old&before=3", "new", "/works/1?before=3&draft=new"),
    ],
)
def test_a_draft_waits_at_its_page(place: str, draft: str, url: str) -> None:
    assert landing.Landing(place, draft).url == url


@pytest.mark.parametrize("draft", ["a&b=c", "a#b", "a b", "ä", "x" * 101, "\r\n", ""])
def test_what_is_no_token_is_dropped(routes: MapAdapter, draft: str) -> None:
    request = Request(EnvironBuilder(query_string={"next": "/works/1", "draft": draft}).get_environ())
    assert landing.wanted(request, routes) == landing.Landing("/works/1", "")


def test_a_draft_is_carried_without_a_page_too(routes: MapAdapter) -> None:
    request = Request(EnvironBuilder(query_string={"next": "//elsewhere", "draft": "token"}).get_environ())
    found = landing.wanted(request, routes)
    assert found == landing.Landing("/", "token")
    assert found.url == "/"
    assert found.query == {"draft": "token"}


def test_the_form_comes_before_the_address(routes: MapAdapter) -> None:
    builder = EnvironBuilder(method="POST", query_string={"next": "/works/1"}, data={"next": "/works/2"})
    assert landing.wanted(Request(builder.get_environ()), routes).next == "/works/2"


@pytest.mark.parametrize(
    "place", ["//elsewhere.example", "/\\elsewhere.example", "/logout", "https://elsewhere.example"]
)
def test_no_form_leads_away(reader: Visitor, site: Site, place: str) -> None:
    forms: list[Callable[[Visitor], str]] = [
        lambda v: v.post("/login", {"username": "Ben", "password": PASSWORD, "next": place}).headers["Location"],
        lambda v: v.get("/login", query_string={"next": place}).headers["Location"],
        lambda v: v.get("/register", query_string={"next": place}).headers["Location"],
    ]
    visitor = site.visitor()
    assert [form(visitor) for form in forms] == ["/", "/", "/"]
    assert "elsewhere" not in visitor.get("/account/recovery-code", query_string={"next": place}).text
