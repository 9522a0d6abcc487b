"""What an analyst works with while writing: checks before a commit, a preview while typing, new
pages."""
