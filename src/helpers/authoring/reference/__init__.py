"""The codebook's reference: a page of the book, made of the schema."""
