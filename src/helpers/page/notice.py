"""What every page of a synthetic dataset says of itself."""

from html import escape

from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.weighted import UNWEIGHTED
from helpers.page.danish import listed, number, sentence
from helpers.page.display import Html
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import Edition


def notice(edition: Edition, manifest: Manifest, codebook: Codebook) -> Html:
    """Which edition and dataset the page shows; for synthetic answers also, visibly, that nobody
    gave them."""
    place = edition.name if edition.is_country else codebook.places.full(edition.name)
    period = f" ({manifest.dated})" if manifest.dated else ""
    about = f"Udgave: {place}. Svar: {manifest.title}{period}."
    if not manifest.synthetic:
        return Html(f'<p class="edition-notice">{escape(about)}</p>', about)
    title, body = "Syntetiske svar", f"{about} {synthetic_words(edition, manifest, codebook)}"
    html = (
        '<div class="admonition warning synthetic-notice" role="note">\n'
        f'<p class="admonition-title">{title}</p>\n<p>{escape(body)}</p>\n</div>'
    )
    return Html(html, f"{title}: {body}")


def with_weighting(notice: Html, releasable: Releasable, asked: str) -> Html:
    """The notice, and visibly that shares are weighted, or why they are not although that was asked
    for."""
    if asked == UNWEIGHTED:
        return notice
    return with_words(notice, "note weighting-notice", "Vægtning", weighting_words(releasable))


def with_rules(notice: Html, rules: Rules) -> Html:
    """The notice, and visibly that the dataset's own rules hide less than the project's, where they
    do."""
    words = rules_words(rules, load_rules())
    return (
        with_words(notice, "warning rules-notice", "Mildere regler for skjulte tal", words)
        if words
        else notice
    )


def with_words(notice: Html, kind: str, title: str, words: str) -> Html:
    """The notice with another below it."""
    html = (
        f'<div class="admonition {kind}" role="note">\n<p '
        f'class="admonition-title">{title}</p>\n<p>{escape(words)}</p>\n</div>'
    )
    return Html(f"{notice.html}\n{html}", f"{notice.plain}\n{title}: {words}")


def rules_words(rules: Rules, usual: Rules) -> str:
    """Which of a dataset's thresholds are below the project's `usual` ones, as sentences; nothing
    where none is."""
    if not rules.laxer_than(usual):
        return ""
    meant = (
        ("minimum_base", "Skjult er grupper med færre end {} svar"),
        ("base_to", "antallet af svar rundes til nærmeste {}"),
        ("minimum_weighted_base", "vægtede andele er skjult i grupper med færre end {} svar"),
    )
    lower = [
        f"{words.format(number(own))} (sædvanligvis {number(other)})"
        for name, words in meant
        if (own := getattr(rules, name)) < (other := getattr(usual, name))
    ]
    lower += ["andele vises mere nøjagtigt"] if rules.more_exact_than(usual) else []
    return (
        "Datasættet har sine egne regler for, hvad der bliver vist, og de er mildere end de "
        f"sædvanlige: {sentence(listed(lower))}. "
        "Det er lettere at genkende enkelte mennesker i sådanne tal."
    )


def weighting_words(releasable: Releasable) -> str:
    """How the shares of a page are weighted, or why they are not."""
    codebook, weighting = releasable.codebook, releasable.weighting
    if weighting is None:
        return (
            f"Tallene for {codebook.unit.plural} er ikke vægtet, for alle er spurgt, og der er "
            "ingen stikprøve at vægte efter."
        )
    names = listed(codebook.question(question).short.lower() for question in weighting.questions)
    split = codebook.municipality_question is not None
    within = f"Grupper inden for {codebook.places.one} og grupper" if split else "Grupper"
    return (
        f"Andelene på siden er vægtet, så besvarelserne fordeler sig på {names} som dem, der fik "
        "skemaet. Antal og N er optalte svar. "
        f"{within} med færre end "
        f"{number(releasable.rules.minimum_weighted_base)} svar er skjult. "
        "Baggrundsoplysninger og rapportens egne tal er ikke vægtet."
    )


def synthetic_words(edition: Edition, manifest: Manifest, *codebooks: Codebook) -> str:
    """What synthetic means for a reader of this edition, of one survey or of several."""
    units = " eller ".join(codebook.unit.plural for codebook in codebooks)
    places, about = codebooks[0].places, codebooks[0].about
    use = f"De kan vise, hvordan bogen virker, men ikke bruges som viden om {about}."
    if not manifest.report:
        return f"Svarene er opdigtede og ikke givet af {units}. {use}"
    general = (
        f"Svarene er ikke givet af {units}. De er konstrueret, så de tilsammen giver de tal, som "
        f"rapporten har trykt for {places.whole}."
    )
    if edition.is_country:
        return " ".join(
            [
                general,
                use,
                *(codebook.report_note for codebook in codebooks if codebook.report_note),
            ]
        )
    return (
        f"{general} Rapporten trykker ingen svar for de enkelte {places.plural}, så svarene for "
        f"{places.full(edition.name)} er opdigtede. "
        f"De siger intet om {places.definite}."
    )
