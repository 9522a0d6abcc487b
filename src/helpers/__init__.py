"""Kontaktbogen: from answers to a book. CONTRIBUTING.md draws the rooms, and which imports from
which: survey, importing, statistics, disclosure, reports, page, takeaway, press, authoring,
synthesis, and `cli`, the one command."""
