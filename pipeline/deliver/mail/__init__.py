"""Letters -> mail: to whom they go, their bytes, and how they are handed to a server."""
