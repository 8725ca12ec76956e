"""Sentences to events: what happened, where, when, by whom, to whom, and who says how many."""
