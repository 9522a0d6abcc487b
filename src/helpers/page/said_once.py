"""What a page has said: remarks that it makes once, and what it gathers for its foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from helpers.disclosure.rules import Rules
from helpers.page import contrasts, narrative
from helpers.page.danish import listed, quoted, sentence, short_label
from helpers.page.findings import Row
from helpers.page.sentences import (
    NOBODY_SHOWN,
    NOTHING,
    PARAGRAPH,
    Sentence,
    filled,
    joined,
    paragraph,
)
from helpers.statistics.outcomes import Outcome
from helpers.survey.codebook import Codebook

REMARKS = (contrasts.LEFT_OUT, contrasts.ALL_SMALL)
LIKE_COUNTRY = f"*Omtrent som {{i_det_hele}}:* På denne side gælder det {{navne}}.{PARAGRAPH}"
UNTOLD = (Outcome.UNTOLD, Outcome.HIDDEN)


@dataclass(frozen=True)
class SaidOnce:
    """What a page has said so far. `remarks` have the place that made each, so that a cell that is
    run again says the same; `alike` are the sentences that a municipality is like the country,
    which the page says together at its foot."""

    codebook: Codebook
    rules: Rules
    remarks: dict[str, str] = field(default_factory=dict)
    alike: dict[str, Sentence] = field(default_factory=dict)

    def told(self, sentences: Iterable[Sentence | str]) -> str:
        """The sentences as a paragraph, without what the page has said before."""
        every = list(sentences)
        here = paragraph(every)
        return paragraph(
            said for at, one in enumerate(every) for said in self.rest(one, f"{at} {here}")
        )

    def rest(self, said: Sentence | str, key: str) -> Iterator[Sentence | str]:
        """What is left to say of a sentence; `key` is its place and its paragraph."""
        parts = parts_of(said)
        if isinstance(said, str) or joined(parts).text != said.text:  # it has words of its own
            yield said
            return
        if any(one.template == narrative.METHOD for one in parts):
            yield like_country(tuple(self.alike.values()), self.codebook)
        kept = [again for at, one in enumerate(parts) if (again := self.again(one, f"{at} {key}"))]
        yield said if kept == parts else replace(joined(kept), note=said.note)

    def again(self, part: Sentence, key: str) -> Sentence | None:
        """The part as it is said here; None where it is not."""
        if part.template == contrasts.SIMILAR:
            row = part.evidence[0]
            self.alike[f"{row.question} {row.answer}"] = part
            return None
        if part.template in REMARKS:
            return part if self.is_first(part.text, key) else None
        if why := self.why(part):
            short, _, because = why.partition(", ")
            if because and not self.is_first(why, key):
                return replace(part, text=part.text.replace(why, short))
        return part

    def why(self, part: Sentence) -> str:
        """Why the shares of a sentence are hidden, in the words in it; "" where they are not."""
        rows = (row for row in part.evidence if part.hidden and isinstance(row, Row))
        why = next((self.rules.reason(row.hidden) for row in rows if row.hidden), "")
        return why if why in part.text else ""

    def is_first(self, remark: str, key: str) -> bool:
        """Whether a remark is to be made in this place."""
        return self.remarks.setdefault(remark, key) == key

    def kind(self, sentences: Iterable[Sentence | str]) -> Mapping[str, object]:
        """What a book needs to know of a paragraph to make its section shorter: that nobody can be
        shown, of which question, why, and what is said besides; or that groups cannot be told
        apart. Nothing of other paragraphs."""
        parts = [part for said in sentences for part in parts_of(said)]
        hidden = [part for part in parts if part.template == NOBODY_SHOWN]
        others = [part for part in parts if part.text and part.template != NOBODY_SHOWN]
        if hidden and all(part.template == contrasts.COUNTRY_ONLY for part in others):
            why = self.why(hidden[0])
            before, after = NOBODY_SHOWN.format(spoergsmaal="\n", grund=why).split("\n")
            asked = hidden[0].text.removeprefix(before).removesuffix(after)
            return {"withheld": asked, "why": why, "besides": [part.text for part in others]}
        untold = [part.outcome in UNTOLD for part in parts if part.outcome]
        remarks = all(part.template in REMARKS for part in others)
        return {"untold": True} if untold and all(untold) and remarks else {}


def like_country(alike: Sequence[Sentence], codebook: Codebook) -> Sentence:
    """In what a municipality is like the country, of the sentences that each say it."""
    if not alike:
        return NOTHING
    return filled(
        LIKE_COUNTRY,
        [row for said in alike for row in said.evidence],
        outcome=Outcome.ALIKE,
        i_det_hele=codebook.places.in_whole,
        navne=sentence(listed(name_of(said.evidence[0], codebook) for said in alike)),
    )


def name_of(row: Row, codebook: Codebook) -> str:
    """What a share is of, in a few words."""
    question = codebook.question(row.question)
    name = question.short.rstrip(" …:?.")
    several = question.type == "multiple" or question.battery
    return f"{name}: {quoted(short_label(row.answer))}" if several else name


def parts_of(said: Sentence | str) -> list[Sentence]:
    """A sentence's own sentences, also one that says nothing."""
    return [] if isinstance(said, str) else list(said.parts or (said,))
