"""Recipients without their addresses: a keyed hash, whose key lies beside the ledger and is readable by its owner."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from pipeline.deliver.private import write_private
from pipeline.errors import DeliveryError

_BYTES = 32


def key_path(ledger: Path) -> Path:
    """Where the key of a ledger lies: beside its file, or where that would be."""
    return ledger.with_suffix(".key")


def read_key(path: Path) -> bytes | None:
    """The key; None where there is none. Raises DeliveryError for a file that holds no key or cannot be read."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise DeliveryError("the key of the ledger cannot be read.", str(path), _restore(path)) from problem
    if len(key) != _BYTES:
        raise DeliveryError("is not the key of a ledger.", str(path), _restore(path))
    return key


def make_key(path: Path) -> bytes:
    """A new key, on the disk before anything is hashed with it. Raises OSError."""
    key = secrets.token_bytes(_BYTES)
    write_private(path, f"{key.hex()}\n".encode())
    return key


def check_of(key: bytes) -> str:
    """What tells a key from another without giving it away."""
    return hmac.new(key, b"the key of this ledger", hashlib.sha256).hexdigest()


def hash_of(address: str, key: bytes) -> str:
    """An address as the ledger knows it: HMAC-SHA-256 (RFC 2104), the same whatever its case."""
    return hmac.new(key, address.casefold().encode(), hashlib.sha256).hexdigest()


def identity_of(pack: str, scope: str, key: bytes) -> str:
    """What a report is, month after month and whatever its file is called: a keyed hash of its pack and scope."""
    return hmac.new(key, f"report\n{pack}\n{scope}".encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def missing_key(path: Path) -> DeliveryError:
    """The ledger knows recipients by another key than the one at `path`, or by one that is gone."""
    return DeliveryError(
        "this is not the key that the ledger knows its recipients by: with another one, every mail would look unsent.",
        str(path),
        _restore(path),
    )


def _restore(path: Path) -> str:
    return f"Put {path.name} back from a backup, or copy it from the machine that made the ledger."
