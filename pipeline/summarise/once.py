"""What stands on the whole work alone: worked out once for each run, whichever reader's table asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from pipeline.summarise.work import Work

T = TypeVar("T")


def once(make: Callable[[Work], T]) -> Callable[[Work], T]:
    """The same, made once for each work and kept as long as that is."""
    kept: WeakKeyDictionary[Work, T] = WeakKeyDictionary()

    @wraps(make)
    def asked(work: Work) -> T:
        if work not in kept:
            kept[work] = make(work)
        return kept[work]

    return asked
