"""How many were invited, where that is known."""

from types import SimpleNamespace

import pytest

from helpers.survey.codebook import load_codebook
from helpers.survey.sample import invited_in_all

ASKED = {"kommune": {"Vejle": 100, "Esbjerg": 40}}


def dataset(frame, links=(), is_report=False):
    entry = SimpleNamespace(common_links=links, imported=None)
    return SimpleNamespace(
        frame=lambda survey: frame,
        entry=lambda survey: entry,
        manifest=SimpleNamespace(report=is_report),
    )


@pytest.mark.parametrize(
    "given, wanted",
    [
        (dataset(ASKED), 140),
        (dataset({}), None),
        (dataset(ASKED, ("Esbjerg",)), None),  # an import: nobody knows who got the link
        (dataset(ASKED, ("Esbjerg",), True), 140),  # the report prints how many did
    ],
)
def test_the_invited_are_known_of_every_municipality_or_not_at_all(given, wanted):
    assert invited_in_all(given, load_codebook("citizens")) == wanted


def test_a_survey_without_municipalities_has_no_sample():
    assert invited_in_all(dataset({}), load_codebook("jobcentres")) is None
