"""A workbook and what was found in it -> a marked copy of it, in a process of its own and within limits."""
