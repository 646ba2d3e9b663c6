"""What a browser may do with a web page: the style and the script in it, known by their hashes, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup


def source_hash(text: str) -> Markup:
    """A text as a content security policy names it: `'sha256-…'`. Source: W3C, Content Security Policy Level 3."""
    # Base64 between quotes is no markup; as plain text its long run would be given places to break.
    return Markup(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'")
