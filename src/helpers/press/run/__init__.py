"""Notebooks run: once per edition, in parallel, only when something they depend on has changed."""
