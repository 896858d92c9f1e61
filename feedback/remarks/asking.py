"""What remarks mean to their author, as SQL and as plain predicates made from the same table of kinds."""

from feedback.sorting.kinds import KINDS, STANCES, asks

DEAR = ("reaction", "praise")
"""The kinds that an author likes to read whatever their stance."""


def asks_sql(kind: str, stance: str = "stance") -> str:
    """SQL for whether a remark of this kind and stance (SQL expressions) asks for something."""
    cases = []
    for each in STANCES:
        kinds = ", ".join(f"'{key}'" for key in KINDS if asks(key, each))
        cases.append(f"({stance} = '{each}' AND {kind} IN ({kinds}))")
    return f"({' OR '.join(cases)})"


def is_loved(kind: str, stance: str) -> bool:
    """Whether a remark belongs to "what they loved": reactions, kind words and any positive stance."""
    return kind != "hostile" and (kind in DEAR or stance == "positive")


LOVED_SQL = "(remark.kind IN ('reaction', 'praise') OR remark.stance = 'positive') AND remark.kind <> 'hostile'"
"""``is_loved`` as SQL."""
