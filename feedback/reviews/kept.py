"""Things kept in memory up to a weight; those longest unused give way."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key that together weigh ``most`` bytes at most. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.weight = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value of ``key``, which is now the one last used, or ``None``."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            self._kept.move_to_end(key)
            return kept[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """Keep ``value`` instead of what ``key`` had. One that alone would push out most others is not kept."""
        with self._lock:
            self._drop(key)
            if weight > self.most // 4:
                return
            self._kept[key] = (value, weight)
            self.weight += weight
            while self.weight > self.most:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: K) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.weight -= kept[1]
