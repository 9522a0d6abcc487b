"""One thing to mend: where it is, what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """`file` is relative to the project, `cell` counts a notebook's cells from its top (from 1),
    `line` the cell's or file's lines."""

    file: str
    cell: int
    line: int
    message: str
    mend: str

    @property
    def place(self) -> str:
        """The place in words: "notebooks/tema.ipynb, celle 7, linje 2"."""
        return ", ".join(
            [
                self.file,
                *([f"celle {self.cell}"] if self.cell else []),
                *([f"linje {self.line}"] if self.line else []),
            ]
        )

    def __str__(self) -> str:
        return " ".join(f"{self.place}: {self.message} {self.mend}".split())
