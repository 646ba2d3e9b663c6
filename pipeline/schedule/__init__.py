"""Once a month by itself: when a month is due, what was done already, and what makes the system ask."""
