"""Answers weighted to the sampling frame: raking, trimming, what it costs, and the estimates that
come of it."""
