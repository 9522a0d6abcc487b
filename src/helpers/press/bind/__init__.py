"""Executed pages bound into books, and the books put on one shelf."""
