"""Register -> Portfolio: every item judged project, operation or undecided, with the reasons."""
