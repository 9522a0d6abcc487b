"""Scales, their direction, and what is no answer, in five languages."""

import itertools

import pytest

from helpers.drafting.scales import in_order, in_steps, scale_of
from helpers.drafting.vocabulary import is_dont_know, is_other, words

SCALES = [
    ("da", ["Meget tilfreds", "Tilfreds", "Hverken/eller", "Utilfreds", "Meget utilfreds"], 2),
    ("da", ["I meget høj grad", "I høj grad", "I nogen grad", "I mindre grad", "Slet ikke"], 2),
    (
        "da",
        ["Helt enig", "Delvist enig", "Hverken enig eller uenig", "Delvist uenig", "Helt uenig"],
        2,
    ),
    (
        "no",
        [
            "Svært fornøyd",
            "Ganske fornøyd",
            "Verken fornøyd eller misfornøyd",
            "Ganske misfornøyd",
            "Svært misfornøyd",
        ],
        2,
    ),
    (
        "no",
        ["I svært stor grad", "I stor grad", "I noen grad", "I liten grad", "Ikke i det hele tatt"],
        2,
    ),
    ("sv", ["Mycket nöjd", "Nöjd", "Varken nöjd eller missnöjd", "Missnöjd", "Mycket missnöjd"], 2),
    ("sv", ["Instämmer helt", "Instämmer delvis", "Instämmer inte alls"], 2),
    ("de", ["Sehr zufrieden", "Zufrieden", "Teils, teils", "Unzufrieden", "Sehr unzufrieden"], 2),
    (
        "de",
        ["Trifft voll zu", "Trifft eher zu", "Trifft eher nicht zu", "Trifft überhaupt nicht zu"],
        2,
    ),
    (
        "en",
        ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"],
        2,
    ),
    (
        "en",
        [
            "Extremely likely",
            "Somewhat likely",
            "Neither likely nor unlikely",
            "Somewhat unlikely",
            "Extremely unlikely",
        ],
        2,
    ),
]


@pytest.mark.parametrize(("language", "labels", "positive"), SCALES, ids=lambda one: str(one)[:30])
@pytest.mark.parametrize("turned", [False, True])
def test_the_positive_end_is_known_whichever_comes_first(language, labels, positive, turned):
    shown = labels[::-1] if turned else labels
    scale = scale_of([*shown, "Ved ikke"])
    assert scale.ordered and scale.dont_know == "Ved ikke"
    assert set(scale.positive) == set(labels[:positive])
    assert not set(scale.positive) & set(scale.negative)
    middle = labels[len(labels) // 2] if len(labels) % 2 else ""
    assert scale.neutral == (middle if middle not in scale.positive else "")


@pytest.mark.parametrize(("language", "labels", "positive"), SCALES, ids=lambda one: str(one)[:30])
def test_given_answers_are_put_in_order_whatever_order_they_come_in(language, labels, positive):
    for mixed in itertools.islice(itertools.permutations([*labels, "Ved ikke"]), 0, None, 37):
        assert in_order(mixed)[0] == (*labels, "Ved ikke")
        assert in_steps(tuple(mixed))[0] in ((*labels, "Ved ikke"), tuple(mixed))


@pytest.mark.parametrize(
    "labels",
    [
        ["Under 18 år", "18-29 år", "30-49 år", "50 år og derover"],
        ["0-3 mdr.", "3-6 mdr.", "6-12 mdr.", "1-2 år", "Mere end 2 år"],
        ["$0 - $24,999", "$25,000 - $49,999", "$50,000 - $99,999", "$100,000+"],
        ["1", "2", "3", "4", "5"],
        ["Altid", "Ofte", "Nogle gange", "Sjældent", "Aldrig"],
    ],
)
def test_amounts_are_ordered_and_have_no_positive_end(labels):
    scale = scale_of(labels)
    assert scale.ordered and not scale.positive and not scale.neutral
    assert in_order(labels[::-1])[0] == tuple(labels)


def test_numbers_with_words_at_their_ends_are_a_scale():
    assert scale_of(["I liten grad", "2", "3", "I stor grad"]).ordered
    assert scale_of(["5 - Helt enig", "4", "3", "2", "1 - Helt uenig"]).ordered


@pytest.mark.parametrize(
    "labels",
    [
        ["Ja", "Nej", "Ved ikke"],
        ["Ja", "Måske", "Nej"],
        ["Mand", "Kvinde", "Andet"],
        ["6.1 - Dagpengemodtager", "6.2 - Jobparat", "6.3 - Aktivitetsparat"],
        ["Biologi 1", "Fysikk 2", "Kjemi 3"],
        ["1", "2", "3", "4", "5", "6", "Ikke fått karakter"],
        ["Meget let", "Let", "Hverken eller", "Svært", "Meget svært", "Bruger det ikke"],
    ],
)
def test_what_is_no_scale(labels):
    assert not scale_of(labels).ordered


def test_an_option_outside_a_scale_is_told():
    doubt = scale_of(["Meget let", "Let", "Svært", "Meget svært", "Bruger det ikke"]).doubt
    assert "»Bruger det ikke«" in doubt


@pytest.mark.parametrize(
    "label",
    [
        "Ved ikke",
        "Ved ikke / ønsker ikke at svare",
        "Vet ikke",
        "Vet ej",
        "Weiß nicht",
        "Don't know",
        "Don’t know",
        "Prefer not to say",
        "Ikke relevant/ vet ikke",
        "VED IKKE",
    ],
)
def test_what_is_no_answer(label):
    assert is_dont_know(label)


@pytest.mark.parametrize("label", ["Nej", "Ikke relevant", "Ved det hele", "Måske", "Ved skoven"])
def test_what_is_an_answer_all_the_same(label):
    assert not is_dont_know(label)


def test_other_with_and_without_what_it_asks_for():
    assert all(
        map(is_other, ["Andet", "Andet, angiv:", "Annet, hvilke(t)", "Other (please specify)"])
    )
    assert not any(map(is_other, ["Andet arbejde", "Andetsteds", "Den anden"]))


def test_no_word_has_two_places_on_a_scale():
    """One word is one step; the two middles are the same thing in another language."""
    for steps in words().scales.values():
        every = [word for said in steps.values() for word in said]
        assert sorted(every) == sorted(set(every))
