"""From any export to a drafted codebook: what the columns ask, and every guess with its reason."""
