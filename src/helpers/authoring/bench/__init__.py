"""Measurements that the command `kontaktbogen bench` prints; one module per thing measured."""
