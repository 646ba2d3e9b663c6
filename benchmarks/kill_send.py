"""Kills 200 senders of mail, half at random moments and half at hard ones, and says what became of the mails.

python benchmarks/kill_send.py [kills] [--postgresql]
python benchmarks/kill_send.py --calls [--postgresql]     # instead, a fault at each system call of the send path
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.deliver.databases import new_database, server_programs, serving_postgresql
from tests.deliver.mail.killing import faulted_sends, killed_sends

CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "sendto", "recvfrom")
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
MOST = 60
"""Calls of one kind that are tried; a sending of two mails makes fewer of most."""


def _database(stack: ExitStack) -> Callable[[], str]:
    """A new database of PostgreSQL for each round, or none where a file is wanted."""
    if "--postgresql" not in sys.argv:
        return lambda: ""
    programs = server_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    server = stack.enter_context(serving_postgresql(programs))
    return lambda: new_database(server)


def _say() -> str:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        database = _database(stack)
        if "--calls" in sys.argv:
            ends = faulted_sends(Path(folder), CALLS, FAULTS, range(1, MOST + 1), database)
            told = f"{ends['points']} faults at system calls"
        else:
            kills = next((int(one) for one in sys.argv[1:] if one.isdigit()), 200)
            ends = killed_sends(Path(folder), kills, database=database)
            told = f"{kills} kills"
    return f"{told}: 0 lost, 0 doubled; {ends['sent']} sent, {ends['unknown']} told as unknown, {ends['retry']} put off"


if __name__ == "__main__":
    print(_say())
