"""What watching and the schedule share: a run in a process of its own, what it came to, and who is told."""
