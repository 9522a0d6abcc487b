"""No sentence outlives its truth: change the numbers so that what it claims is false, and it says something else or is gone.

Every text that a sentence can be made of is found in the sources, is said of numbers that make it true, and then of numbers
that make it false; and every sentence of every edition's pages is put through the same.
"""

from collections import Counter

import pytest
from helpers.page import narrative
from helpers.page.chance import PAGE_COMPARISONS
from helpers.page.contrasts import NOT_COMPARED
from helpers.page.sentences import Sentence

from altered import leveled
from claim_calls import Said, estimates, page_of, sentences_of
from claim_scenes import PREDICATES, defaults, given
from claim_templates import in_helpers, in_notebooks, typed_inline

EDITIONS = [edition.name for edition in estimates("citizens").editions]
SCENES_IN = ("Hele landet", "Vejle")  # both kinds of edition


def parts_of(sentence):
    """A sentence's own sentences, and its note, which is one too."""
    note = [Sentence(sentence.note, template=NOT_COMPARED)] if sentence.note else []
    return [*(sentence.parts or (sentence,)), *note] if sentence.text else note


def texts(sentence):
    return {part.text for part in parts_of(sentence)}


def outlived(said, args):
    """The sentence that the call makes of the arguments, and those of its parts that do not change when they are made false."""
    lies_about = PREDICATES[said.predicate][1]
    sentence, survivors = said.again(*args), []
    for part in parts_of(sentence):
        lies = list(nobody_left_out(said, args) if part.template == NOT_COMPARED else lies_about(said, args, part))
        others = [lie() if callable(lie) else said.again(*lie) for lie in lies]
        survivors += [(said.page, said.predicate, part.text, str(other)) for other in others if part.text in texts(other)]
        survivors += [] if others else [(said.page, said.predicate, part.text, "is never put to the test")]
    return sentence, survivors


def nobody_left_out(said, args):
    """Numbers under which no group is left out of a comparison."""
    answer, findings = given(said)["answer"], args[0] if isinstance(args[0], tuple) else (args[0],)
    level = tuple(leveled(finding, answer, 0.5, 2000) for finding in findings)
    yield (level if isinstance(args[0], tuple) else level[0], *args[1:])


@pytest.fixture(scope="module")
def said():
    """{edition: its sentences}"""
    with pytest.MonkeyPatch.context() as patch:
        return {edition: sentences_of(edition, patch) for edition in EDITIONS}


@pytest.fixture(scope="module")
def tried(said):
    """Every call of both kinds of edition in every scene: the texts that were said, and what outlived its truth."""
    told, survivors = set(), []
    for edition in SCENES_IN:
        for one in [*said[edition], *by_default(edition)]:
            for args in PREDICATES[one.predicate][0](one):
                sentence, left = outlived(one, args)
                told |= {part.template for part in parts_of(sentence)}
                survivors += left
    return told, survivors


def by_default(edition):
    jobcentres = page_of("Hele landet", "jobcentres")
    return [Said("(standard)", name, function, args, {}, function(*args)) for name, function, args in defaults(page_of(edition, "citizens"), jobcentres)]


def test_every_text_is_found_in_the_sources():
    assert typed_inline() == [], "a sentence is made of a text that is typed on the spot; make it a constant"
    assert len(in_notebooks()) > 100 and len(in_helpers()) > 30


def test_every_predicate_has_its_mutations(said):
    assert {one.predicate for sentences in said.values() for one in sentences} <= set(PREDICATES)
    assert set(narrative.__all__) <= set(PREDICATES)


def test_every_text_is_said_and_changes_when_it_is_made_false(tried):
    told, survivors = tried
    texts = set(in_notebooks()) | set(in_helpers())
    missing = sorted(texts - told)
    print(f"{len(texts) - len(missing)} of {len(texts)} texts are said of numbers that make them true, and change when they are made false")
    assert not missing, missing
    assert not survivors, (len(survivors), survivors[:5])


def test_no_sentence_of_any_edition_outlives_its_truth(said):
    count, survivors = 0, []
    for edition, sentences in said.items():
        for one in sentences:
            count += len(parts_of(one.sentence))
            survivors += [(edition, *left) for left in outlived(one, one.args)[1]]
    print(f"{count} sentences in {len(said)} editions change when they are made false")
    assert not survivors, (len(survivors), survivors[:5])
    assert count > 1500


def test_no_page_compares_more_than_its_correction_allows_for(said):
    for edition, sentences in said.items():
        compared = Counter()
        for one in sentences:
            if one.predicate in ("groups", "country", "against"):
                compared[one.page] += 1
            if one.predicate == "across":
                compared[one.page] += len(one.args[0])
        assert not compared or max(compared.values()) <= PAGE_COMPARISONS, (edition, compared)


def test_a_page_that_compares_says_how_it_is_tested(said):
    for edition, sentences in said.items():
        pages = {one.page for one in sentences if one.predicate in ("groups", "country", "against", "across") and one.sentence.text}
        assert pages <= {one.page for one in sentences if one.predicate == "method"}, edition
