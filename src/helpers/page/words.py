"""Shares in words. Each word has a range, here and nowhere else, so that no page says "to ud af
tre" of anything but about two thirds, nor "de fleste" of less than half."""

from dataclasses import dataclass

from helpers.page.danish import pct

# The nearest is chosen.
FRACTIONS = (
    (1 / 10, "en ud af ti {unit}"),
    (1 / 5, "en ud af fem {unit}"),
    (1 / 4, "en ud af fire {unit}"),
    (1 / 3, "en ud af tre {unit}"),
    (2 / 5, "to ud af fem {unit}"),
    (1 / 2, "halvdelen"),
    (3 / 5, "tre ud af fem {unit}"),
    (2 / 3, "to ud af tre {unit}"),
    (3 / 4, "tre ud af fire {unit}"),
    (4 / 5, "fire ud af fem {unit}"),
    (9 / 10, "ni ud af ti {unit}"),
)
ALMOST_NONE, ALMOST_ALL = 0.05, 0.95
CLOSE, FAR = 0.01, 0.03


@dataclass(frozen=True)
class Word:
    """A vague word and the shares (0-1) it may be said of: from `low` to `high`, the ends included
    unless `open_low` or `open_high`."""

    word: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def holds(self, share: float) -> bool:
        return (share > self.low if self.open_low else share >= self.low) and (
            share < self.high if self.open_high else share <= self.high
        )

    @property
    def range_text(self) -> str:
        """The shares in words: "10 pct. til under 47 pct."."""
        high = f"under {pct(self.high)}" if self.open_high else pct(self.high)
        return (
            high
            if self.low == 0
            else f"{'over ' if self.open_low else ''}{pct(self.low)} til {high}"
        )


# Every share has exactly one of these words.
VAGUE = (
    Word("ingen", 0, 0),
    Word("nogle få", 0, 0.10, open_low=True, open_high=True),
    Word("et mindretal", 0.10, 0.47, open_high=True),
    Word("omtrent halvdelen", 0.47, 0.53),
    Word("de fleste", 0.53, 0.80, open_low=True, open_high=True),
    Word("langt de fleste", 0.80, 0.95),
    Word("næsten alle", 0.95, 1, open_low=True, open_high=True),
    Word("alle", 1, 1),
)


def all_words(low: float, high: float) -> list[str]:
    """The words of all shares between two, from the lowest; of one share alone its one word."""
    return [
        word.word
        for word in VAGUE
        if word.holds(low) or word.holds(high) or low < (word.low + word.high) / 2 < high
    ]


def in_words(share: float, unit: str) -> str:
    """About how many, and the share: "godt to ud af tre borgere (70 pct.)". "Omtrent" is within one
    percentage point; else "godt" over and "knap" under; a share that is near none of the fractions
    is given in per cent."""
    if share in (0, 1):
        return f"{'alle' if share else 'ingen'} {unit} ({pct(share)})"
    if share < ALMOST_NONE or share > ALMOST_ALL:
        return (
            f"{'under en ud af tyve' if share < ALMOST_NONE else 'næsten alle'} {unit} "
            f"({pct(share)})"
        )
    fraction, pattern = min(FRACTIONS, key=lambda known: abs(known[0] - share))
    if abs(share - fraction) > FAR:
        return pct(share)
    near = (
        "omtrent"
        if round(abs(share - fraction), 12) <= CLOSE
        else "godt"
        if share > fraction
        else "knap"
    )
    return f"{near} {pattern.format(unit=unit)} ({pct(share)})"
