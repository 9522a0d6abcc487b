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

WEIGHTING_PAGE = (
    " [Bilag 2](bilag-2-vaegtning.ipynb) viser, hvad vægtning betyder for resultaterne."
)


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
        "om_udgaven": about_edition(subject),
        "om_vaegtning": about_weighting(subject, material),
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


def about_edition(subject: Subject) -> str:
    """What this edition shows, as a sentence for prose pages."""
    if subject.edition.is_country:
        return (
            "Denne udgave viser svarene fra alle kommunerne under ét, og på siden om "
            "kommunerne står de ved siden af hinanden."
        )
    return (
        f"Denne udgave viser svarene fra {as_text(subject.edition.name)} Kommune ved siden af "
        "svarene fra alle kommunerne under ét."
    )


def about_weighting(subject: Subject, material: Material) -> str:
    """Whether the shares are weighted, as sentences for prose pages."""
    more = WEIGHTING_PAGE if subject.edition.is_country else ""
    if not material.margins:
        return (
            "Svarene er ikke vægtet. En kommune eller en målgruppe fylder så meget i de "
            f"samlede tal, som den har svar.{more}"
        )
    return (
        "Andelene i denne bog er vægtet, så besvarelserne fordeler sig på "
        f"{as_text(listed(material.margins))} som dem, der fik skemaet. Antal og N er "
        f"optalte svar.{more}"
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
