"""What every page of a synthetic dataset says of itself."""

from html import escape

from helpers.page.display import Html
from helpers.survey.dataset import Manifest
from helpers.survey.editions import Edition


def notice(edition: Edition, manifest: Manifest) -> Html:
    """Which edition and dataset the page shows; for synthetic answers also, visibly, that no citizen gave them."""
    place = "Hele landet" if edition.is_country else f"{edition.name} Kommune"
    about = f"Udgave: {place}. Svar: {manifest.title} ({manifest.period})."
    if not manifest.synthetic:
        return Html(f'<p class="edition-notice">{escape(about)}</p>', about)
    title, body = "Syntetiske svar", f"{about} {synthetic_words(edition)}"
    html = ('<div class="admonition warning synthetic-notice" role="note">\n'
            f'<p class="admonition-title">{title}</p>\n<p>{escape(body)}</p>\n</div>')
    return Html(html, f"{title}: {body}")


def synthetic_words(edition: Edition) -> str:
    """What synthetic means for a reader of this edition."""
    general = ("Svarene er ikke givet af borgere. De er konstrueret, så de tilsammen giver de tal, som rapporten har trykt for "
               "hele landet.")
    if edition.is_country:
        return f"{general} De kan vise, hvordan bogen virker, men ikke bruges som viden om jobcentrene."
    return (f"{general} Rapporten trykker ingen svar for de enkelte kommuner, så svarene for {edition.name} Kommune er opdigtede. "
            "De siger intet om kommunens jobcenter.")
