"""Portfolio -> Summary: who carries how much, who answers for what, what is about to fall between."""
