"""How sure an estimate is, and which differences chance does not explain: pure functions on counts
and on sums of weights."""
