"""The audit of what is hidden, for the reader who wants to know what is not shown and whether it could be worked out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.page.danish import decimal, number, pct
from helpers.page.display import Html
from helpers.page.narrative import numbers
from helpers.page.sentences import NOTHING, Sentence
from helpers.page.tables import STUB, html_table
from helpers.survey.editions import Edition
from helpers.survey.rounding import per_cent
from helpers.survey.suppression.audit import CAUSES, Audit


@dataclass(frozen=True)
class Secrecy:
    """The audit of an edition: of all editions, on a page for the whole country."""

    audit: Audit
    editions: tuple[Edition, ...]
    source: str

    def tell(self, template: str) -> Sentence:
        """The template with {alle} estimates, {skjulte} of them hidden, {andel} in whole per cent, {angrebet} hidden ones about
        somebody, {fundet} of those worked out, {kendt} known anyway, {bredde} of the narrowest interval in people, {uden} that
        could be worked out without the second step, and the thresholds {mindste_gruppe} and {mindste_antal} filled in.

        Nothing where it tells of {bredde} and no hidden number has an interval.
        """
        audit, rules = self.audit, self.audit.rules
        if "{bredde}" in template and audit.narrowest is None:
            return NOTHING
        return numbers(template, alle=audit.total("estimates"), skjulte=audit.hidden, andel=per_cent(audit.share_hidden),
                       angrebet=audit.total("attacked"), fundet=audit.total("recovered"), kendt=audit.total("known"),
                       bredde=audit.narrowest or 0, uden=audit.total("without"),
                       mindste_gruppe=rules.minimum_base, mindste_antal=rules.minimum_count)

    def causes(self) -> Html:
        """One row per cause: how many estimates it hides, and their share of all."""
        audit = self.audit
        records = [{STUB: audit.meaning(cause), "Skjulte tal": number(audit.total(cause)),
                    "Andel af alle tal": pct(audit.total(cause) / max(audit.total("estimates"), 1))} for cause in CAUSES if audit.total(cause)]
        frame = pd.DataFrame(records, columns=[STUB, "Skjulte tal", "Andel af alle tal"])
        return html_table(frame, "tabel-skjulte", "Skjulte tal efter årsag", "Årsag", [self.source], folded=False)

    def by_edition(self) -> Html:
        """One row per edition: its estimates, the hidden ones, and how the attack went."""
        records = [{STUB: edition.name, "Tal": number(one.total("estimates")), "Skjulte": number(one.hidden),
                    "Pct.": decimal(100 * one.share_hidden, 1), "Angrebet": number(one.total("attacked")),
                    "Fundet": number(one.total("recovered"))}
                   for edition in self.editions for one in [self.audit.of((edition.slug,))]]
        caption = "Skjulte tal og angrebets resultat i hver udgave"
        return html_table(pd.DataFrame(records), "tabel-udgaver", caption, "Udgave", [self.source], folded=False)
