"""One module per kind of mistake; each gives a list of problems."""
