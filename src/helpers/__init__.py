"""Kontaktbogen: from answers to a book. The rooms are survey, page, press and synthesis; `cli` is
the one command."""
