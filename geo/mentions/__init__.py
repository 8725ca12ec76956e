"""What a text mentions: sentences and tokens, place names, actors, dates, figures."""
