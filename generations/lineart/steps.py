"""Timing of the steps of a longer piece of work."""

import time
from collections.abc import Callable

OnStep = Callable[[str, float], None]


class Steps:
    """Reports each step's name and seconds, measured since the step before."""

    def __init__(self, on_step: OnStep | None) -> None:
        self._on_step = on_step
        self._since = time.perf_counter()

    def done(self, name: str) -> None:
        now = time.perf_counter()
        if self._on_step:
            self._on_step(name, now - self._since)
        self._since = now

    def restart(self) -> None:
        """Start measuring from now: what came before has been reported elsewhere."""
        self._since = time.perf_counter()
