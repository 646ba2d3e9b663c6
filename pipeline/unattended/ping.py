"""Calls an address after each run, for a service that tells people when no call comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPException
from urllib.request import Request, urlopen

_SECONDS = 10
_TIMES = 3


def ping(address: str, succeeded: bool, pause: Callable[[float], None] = time.sleep) -> str:
    """Call the address, or the same with /fail; returns why it could not be called, "" where it was.

    Nothing is sent but the call itself.
    """
    called = address if succeeded else f"{address.rstrip('/')}/fail"
    problem = ""
    for again in range(_TIMES):
        if again:
            pause(2**again)
        try:
            with urlopen(Request(called, headers={"User-Agent": "workregister"}), timeout=_SECONDS):
                return ""
        except (OSError, HTTPException, ValueError) as why:
            problem = type(why).__name__
    return problem
