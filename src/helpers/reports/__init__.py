"""What the two printed reports say, held against a dataset."""
