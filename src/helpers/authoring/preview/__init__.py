"""The book while it is written: a saved change is run, bound and shown in the browser."""
