"""One file's bytes -> its cells, in a process of its own and within limits; nothing here knows what a register is."""
