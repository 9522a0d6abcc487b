"""The audit of what is hidden, for the reader who wants to know what is not shown and whether it
could be worked out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.disclosure.audit import CAUSES, COARSE, FOUND_OF_MANY, WHOLE, Audit
from helpers.disclosure.rules import at
from helpers.page.danish import decimal, number, pct, sentence
from helpers.page.display import Html, Text
from helpers.page.narrative import numbers
from helpers.page.sentences import Sentence
from helpers.page.tables import STUB, html_table
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.rounding import per_cent


@dataclass(frozen=True)
class Secrecy:
    """The audit of an edition: of all editions, on a page for the whole country."""

    audit: Audit
    editions: tuple[Edition, ...]
    source: str
    codebook: Codebook

    def tell(self, template: str, nothing: str = "") -> Sentence:
        """The template, or `nothing` where nothing is hidden and that is given, with {alle}
        estimates, {skjulte} of them hidden ({andel} in whole per cent), {helt} and {groft} told in
        whole per cent and in steps of 5 or more, {angrebet} hidden ones about somebody, {fundet}
        that the attack is sure of, {mange} that a large group tells of itself, and the thresholds
        {mindste_gruppe}, {afrunding} and {ingen_fra} filled in."""
        audit, rules = self.audit, self.audit.rules
        return numbers(
            template if audit.hidden else nothing or template,
            alle=audit.total("estimates"),
            skjulte=audit.hidden,
            andel=per_cent(audit.share(audit.hidden)),
            helt=per_cent(audit.share(audit.total(WHOLE))),
            groft=per_cent(audit.share(audit.total(COARSE))),
            angrebet=audit.total("attacked"),
            fundet=audit.found,
            mange=audit.total(FOUND_OF_MANY),
            mindste_gruppe=rules.minimum_base,
            afrunding=rules.base_to,
            ingen_fra=rules.nobody_base,
        )

    def steps(self) -> Html:
        """One row per base from which shares are told in finer steps: the steps of the country's
        groups, and a municipality's totals and groups in a survey that is split into any."""
        rules, places = self.audit.rules, self.codebook.places
        titles = {"country": "Trin"}
        if self.codebook.municipality_question is not None:
            titles = {
                "country": f"Grupper {places.in_whole}",
                "totals": f"{sentence(places.one)} under ét",
                "groups": f"Grupper {places.at} {places.one}",
            }
        starts = sorted(
            {start for name in titles for start in getattr(rules.steps, name)}, reverse=True
        )
        records = [
            {
                STUB: f"{number(start)} svar eller flere",
                **{
                    title: f"{number(at(getattr(rules.steps, name), start))} pct."
                    for name, title in titles.items()
                },
            }
            for start in starts
        ]
        return html_table(
            pd.DataFrame(records),
            "tabel-trin",
            "Trin, som andele rundes til",
            "Så mange har svaret",
            [self.source],
            folded=False,
        )

    def causes(self) -> Html | Text:
        """One row per cause: how many estimates it hides, and their share of all; nothing where
        none is hidden."""
        audit = self.audit
        if not audit.hidden:
            return Text("")
        records = [
            {
                STUB: audit.meaning(cause),
                "Skjulte tal": number(audit.total(cause)),
                "Andel af alle tal": pct(audit.total(cause) / max(audit.total("estimates"), 1)),
            }
            for cause in CAUSES
            if audit.total(cause)
        ]
        frame = pd.DataFrame(records, columns=[STUB, "Skjulte tal", "Andel af alle tal"])
        return html_table(
            frame, "tabel-skjulte", "Skjulte tal efter årsag", "Årsag", [self.source], folded=False
        )

    def by_edition(self) -> Html:
        """One row per edition: its estimates, how many are hidden and how exactly the others are
        told, and how the attack went."""
        records = [
            {
                STUB: edition.name,
                "Tal": number(one.total("estimates")),
                "Skjult, pct.": decimal(100 * one.share(one.hidden), 1),
                "Hele procent, pct.": decimal(100 * one.share(one.total(WHOLE)), 1),
                "Trin på 5 og derover, pct.": decimal(100 * one.share(one.total(COARSE)), 1),
                "Fundet": number(one.found),
            }
            for edition in self.editions
            for one in [self.audit.of((edition.slug,))]
        ]
        caption = "Skjulte tal og angrebets resultat i hver udgave"
        return html_table(
            pd.DataFrame(records), "tabel-udgaver", caption, "Udgave", [self.source], folded=False
        )
