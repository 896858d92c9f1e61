"""Parts: expressions put together from named lists, so that rules read as sentences and a new word is one entry.

``<you are> <insult>`` is a rule; a `Lexicon` knows what its parts are.
"""

import re
from collections.abc import Mapping

_PART = re.compile(r"(?<!\(\?)<([a-z][a-z ]*)>")


class Lexicon:
    """Named parts of expressions. A part may name others."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        """``parts``: the alternatives of each, an expression without groups that catch."""
        self._parts = parts
        self._made: dict[str, re.Pattern[str]] = {}

    def pattern(self, rule: str) -> re.Pattern[str]:
        """``rule`` with its parts put in. It is blind to capitals but for ``(?-i:...)``.

        Made when first asked for: a process that sorts nothing need not wait for it.

        :raises KeyError: it names a part that is none.
        """
        if rule not in self._made:
            self._made[rule] = re.compile(self._filled(rule), re.IGNORECASE)
        return self._made[rule]

    def _filled(self, rule: str) -> str:
        return _PART.sub(lambda match: self._filled(self._parts[match[1]]), rule)
