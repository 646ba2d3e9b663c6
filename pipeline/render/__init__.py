"""Summary -> Reports, pure: bytes in memory."""
