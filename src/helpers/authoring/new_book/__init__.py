"""A book of another survey: from a codebook to a folder in which every command works."""
