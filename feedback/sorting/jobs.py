"""Where one sentence turns from one job to another: "loved it, but your tenses slip"."""


def second_jobs(sentence: str) -> list[int]:
    """Offsets in ``sentence`` at which a further job begins."""
    return []
