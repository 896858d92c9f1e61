"""Reviews, and reports of them."""

from tests.conftest import Site, Visitor

WORDS = "You should be ashamed of this."


def send(reader: Visitor, chapter: str, body: str = WORDS, **fields: str) -> str:
    """Post a review and return its address."""
    answer = reader.post(f"{chapter}/reviews", {"body": body, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def report(site: Site, reporter: Visitor, review: str, reason: str = "attack", note: str = "") -> int:
    """Report a review and return the report's id."""
    answer = reporter.post(f"{review}/report", {"reason": reason, "note": note})
    assert answer.status_code == 303, answer.text
    found: int = site.db.value("SELECT MAX(id) FROM report")
    return found


def decisions(site: Site) -> list[tuple[str, str, str]]:
    """What was decided so far: action, reason and the state before."""
    rows = site.db.rows("SELECT action, reason, old_state FROM decision ORDER BY id")
    return [(row["action"], row["reason"], row["old_state"]) for row in rows]
