"""Pages made of invented people, so that a test can say what every face must show."""

import pytest
from answers import by_rules_alone, random_answers, write_dataset

from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import load_rules
from helpers.page.page import Page
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import find_edition
from helpers.survey.tabulation import municipalities_in, tabulate

MANIFEST = Manifest(
    title="Prøve", period="foråret", synthetic=True, report=True, source="opdigtet", surveys={}
)


@pytest.fixture(scope="session")
def codebook():
    return load_codebook("citizens")


@pytest.fixture(scope="session")
def page_of(codebook):
    """A function from answers and a municipality's name to its page; `only` saves time by
    tabulating one question."""

    def make(answers, municipality="Hele landet", manifest=MANIFEST, only=None):
        asked = [
            question
            for question in codebook.questions
            if only in (None, question.id) or question.role == "background"
        ]
        chosen = load_codebook("citizens").model_copy(update={"questions": tuple(asked)})
        named = chosen.for_municipalities(municipalities_in(answers, chosen))
        estimates = Releasable(
            by_rules_alone(tabulate(chosen, answers), named, load_rules()), manifest
        )
        return Page(find_edition(municipality, estimates.editions), estimates)

    return make


@pytest.fixture(scope="session")
def crowd(codebook):
    """900 people in four municipalities."""
    return random_answers(codebook, 900)


@pytest.fixture(scope="session")
def pages(crowd, page_of):
    """The country's page and a municipality's."""
    country = page_of(crowd)
    vejle = Page(find_edition("Vejle", country.releasable.editions), country.releasable)
    return {"Hele landet": country, "Vejle": vejle}


@pytest.fixture(scope="session")
def settled(codebook):
    """A function from cells {(municipality, target group): {answer: people}} on one question to
    answers with just those people.

    All other questions are answered at random.
    """

    def make(question, cells):
        people = [
            (place, group, answer)
            for (place, group), counts in cells.items()
            for answer, n in counts.items()
            for _ in range(n)
        ]
        places = tuple(dict.fromkeys(place for place, _, _ in people))
        answers = random_answers(codebook, len(people), municipalities=places, skipped=0)
        for column, values in zip(("kommune", "maalgruppe", question), zip(*people)):
            categories = places if column == "kommune" else codebook.question(column).labels
            answers[column] = answers[column].astype(object)
            answers[column] = list(values)
            answers[column] = answers[column].astype("category").cat.set_categories(categories)
        return answers

    return make


@pytest.fixture(scope="session", name="write_dataset")
def dataset_writer(tmp_path_factory):
    """A function from citizens' answers to the folder of a dataset with them, for pages that are
    made the whole way."""

    def make(answers):
        return write_dataset(tmp_path_factory.mktemp("svar"), "citizens", answers)

    return make
