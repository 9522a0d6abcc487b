"""What the answers say: codebook, routing, datasets, tabulation, disclosure control."""
