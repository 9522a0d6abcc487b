"""What prose pages can say about their edition without typing a number: the names behind {{ name
}}."""

from __future__ import annotations

from helpers.disclosure.rules import load_rules
from helpers.page.danish import listed, number, pct, points, sentence
from helpers.page.markdown import as_text
from helpers.page.notice import rules_words, synthetic_words
from helpers.page.uncertainty import LEVEL
from helpers.page.words import CLOSE, FAR, VAGUE
from helpers.press.material import Material, Subject
from helpers.statistics.comparisons import MINIMUM_GROUP
from helpers.statistics.corrections import RATE
from helpers.statistics.outcomes import CLEARLY, MARGIN


def facts(subject: Subject, material: Material) -> dict[str, str]:
    """What prose pages may say about their edition: Markdown for the names that stand as
    {{ name }}."""
    return {
        "udgave": as_text(subject.edition.name),
        "periode": as_text(material.manifest.period),
        "svar": spelled_count(subject.respondents),
        "svar_i_alt": spelled_count(material.country.respondents),
        "kommuner": number(len(material.municipalities)),
        "kilde": as_text(material.manifest.source),
        "mindste_gruppe": number(material.rules.minimum_base),
        "afrunding": number(material.rules.base_to),
        "margen": points(MARGIN),
        "tydelig_forskel": points(CLEARLY),
        "sammenlignes_fra": number(MINIMUM_GROUP),
        "niveau": pct(LEVEL),
        "fejlsider": number(round(1 / RATE)),
        "vage_ord": ranges(),
        "omtrent_inden_for": points(CLOSE),
        "godt_inden_for": points(FAR),
        "om_udgaven": about_edition(subject, material),
        "om_perioden": as_text(about_period(material)),
        "om_vaegtning": about_weighting(material),
        "om_tallene": as_text(about_numbers(subject, material)),
        "om_reglerne": rules_words(material.rules, load_rules()),
    }


def ranges() -> str:
    """The vague words with the shares they are said of: "Nogle få: under 10 pct.; et mindretal: 10
    pct. til under 47 pct."."""
    return sentence(
        "; ".join(
            f"{word.word}: {word.range_text}" for word in VAGUE if word.high > 0 and word.low < 1
        )
    )


def about_edition(subject: Subject, material: Material) -> str:
    """What this edition shows, as a sentence for prose pages."""
    places = material.places
    if not material.municipalities:
        return "Bogen viser alle svarene under ét."
    every = f"svarene fra alle {places.definite_plural} under ét"
    if subject.edition.is_country:
        return (
            f"Denne udgave viser {every}, og på siden om {places.definite_plural} står de ved "
            "siden af hinanden."
        )
    name = as_text(places.full(subject.edition.name))
    return f"Denne udgave viser svarene fra {name} ved siden af {every}."


def about_period(material: Material) -> str:
    """When the answers were given, as a sentence for prose pages; nothing where it is not known."""
    period = material.manifest.dated
    return f"Svarene er givet i perioden {period}." if period else ""


def about_weighting(material: Material) -> str:
    """Whether the shares are weighted, as sentences for prose pages."""
    if not material.margins:
        return (
            "Svarene er ikke vægtet: Jo flere svar en gruppe har, jo mere fylder den i de samlede "
            "tal."
        )
    return (
        "Andelene i denne bog er vægtet, så besvarelserne fordeler sig på "
        f"{as_text(listed(material.margins))} som dem, der fik skemaet. Antal og N er "
        f"optalte svar."
    )


def about_numbers(subject: Subject, material: Material) -> str:
    """Whether the answers are real, as sentences for prose pages; the page floor's words, so that
    they agree everywhere."""
    codebooks = material.codebooks if subject.edition.is_country else material.codebooks[:1]
    if material.manifest.synthetic:
        return synthetic_words(subject.edition, material.manifest, *codebooks)
    return (
        f"Svarene er givet af {listed(codebook.unit.plural for codebook in codebooks)}. Bogen "
        "viser kun optællinger af dem, og små tal er skjult."
    )


def spelled_count(respondents: int | None) -> str:
    """A number of respondents for a reader, hidden ones included."""
    return "skjult" if respondents is None else number(respondents)
