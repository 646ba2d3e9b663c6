"""Files on disk -> Register. The only room that reads registers."""
