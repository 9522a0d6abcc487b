"""No sentence outlives its truth: change the numbers so that what it claims is false, and it says
something else or is gone.

Every text that a sentence can be made of is found in the sources, is said of numbers that make it
true, and then of numbers that make it false; and every sentence of every edition's pages is put
through the same. What a sentence says of groups agrees with the mark in the table, and what is said
to be alike is so by a formula of the tests' own.
"""

import re
from functools import cache

import pytest
from claim_calls import Never, Said, estimates, page_of, sentences_of
from claim_chance import are_alike, measured, rest_of_country
from claim_contrasts import APART, claim_of, compared, ends_of
from claim_means import means_alike
from claim_scenes import PREDICATES, defaults
from claim_templates import in_helpers, in_notebooks, typed_inline

from helpers.page import narrative, outcome_words, tables
from helpers.page import printed_answers as printed
from helpers.reports.published import load_published
from helpers.statistics import outcomes
from helpers.statistics.outcomes import Outcome

EDITIONS = [edition.name for edition in estimates("citizens").editions]
SCENES_IN = ("Hele landet", "Vejle")  # both kinds of edition


def parts_of(sentence):
    """A sentence's own sentences."""
    return [part for part in sentence.parts or (sentence,) if part.text]


def outlived(said, args):
    """The sentence that the call makes of the arguments, and those of its parts that do not change
    when they are made false."""
    lies_about = PREDICATES[said.predicate][1]
    sentence, survivors = said.again(*args), []
    for part in parts_of(sentence):
        lies = list(lies_about(said, args, part))
        others = [other for lie in lies if (other := survives(said, part, lie))]
        others += [] if lies else ["is never put to the test"]
        survivors += [(said.page, said.predicate, part.text, other) for other in others]
    return sentence, survivors


def survives(said, part, lie):
    """What is said of numbers that make a sentence false, where that is the sentence again: the
    same text, or what it claims."""
    never = isinstance(lie, Never)
    made = lie() if callable(lie) else said.again(*(lie.args if never else lie))
    again = any(
        other.text == part.text or (never and claim_of(other) == claim_of(part))
        for other in parts_of(made)
    )
    return str(made) if again else ""


@pytest.fixture(scope="module", autouse=True)
def worked_out_once():
    """Reads the printed numbers and compares two shares once for thousands of sentences."""
    load = cache(load_published)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printed, "load_published", lambda survey, codebook: load(survey))
        patch.setattr(outcome_words, "gap_between", cache(outcomes.gap_between))
        yield


@pytest.fixture(scope="module")
def said():
    """{edition: its sentences}"""
    with pytest.MonkeyPatch.context() as patch:
        return {edition: sentences_of(edition, patch) for edition in EDITIONS}


@pytest.fixture(scope="module")
def tried(said):
    """Every call of both kinds of edition in every scene: the texts that were said, and what
    outlived its truth."""
    told, survivors = set(), []
    for edition in SCENES_IN:
        for one in [*said[edition], *by_default(edition)]:
            for args in PREDICATES[one.predicate][0](one):
                sentence, left = outlived(one, args)
                told |= {part.template for part in parts_of(sentence)}
                survivors += left
    return told, survivors


def by_default(edition):
    seen = ((edition, "citizens"), ("Hele landet", "citizens"), ("Hele landet", "jobcentres"))
    calls = defaults(*(page_of(*one) for one in seen))
    return [Said("(standard)", name, make, args, {}, make(*args)) for name, make, args in calls]


def test_every_text_is_found_in_the_sources():
    assert typed_inline() == [], "a sentence is made of a text that is typed on the spot"
    assert len(in_notebooks()) > 100 and len(in_helpers()) > 30


def test_every_predicate_has_its_mutations(said):
    assert {one.predicate for sentences in said.values() for one in sentences} <= set(PREDICATES)
    assert set(narrative.__all__) <= set(PREDICATES)


def test_every_text_is_said_and_changes_when_it_is_made_false(tried):
    told, survivors = tried
    texts = set(in_notebooks()) | set(in_helpers())
    missing = sorted(texts - told)
    print(
        f"{len(texts) - len(missing)} of {len(texts)} texts are said of numbers that make them "
        "true, and change when they are made false"
    )
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


def outcomes_of_groups(one):
    """(finding, what the sentence says of its groups) of each finding that a call compares in."""
    findings = one.args[0] if one.predicate == "across" else (one.args[0],)
    for finding in findings:
        rows = {finding.row(one.given["answer"], group) for group in finding.groups}
        about = [
            part.outcome
            for part in parts_of(one.sentence)
            if part.outcome and not rows.isdisjoint(part.evidence)
        ]
        yield finding, about[0] if about else Outcome.UNTOLD


def test_a_sentence_on_groups_and_the_mark_in_the_table_agree(said):
    looked_at, disagree = 0, []
    for edition, sentences in said.items():
        for one in (one for one in sentences if one.predicate in ("groups", "across")):
            for finding, outcome in outcomes_of_groups(one):
                answer = finding.label(one.given["answer"])
                marked, looked_at = tables.APART in tables.label(finding, answer), looked_at + 1
                if marked != (outcome in APART):
                    disagree.append((edition, one.page, finding.record, answer, outcome, marked))
    print(f"{looked_at} sentences and marks are looked at, and {len(disagree)} disagree")
    assert not disagree, disagree
    assert looked_at > 250


# "Omtrent halvdelen" is a share in words; "omtrent som stikprøven" is of counts, without chance.
ALIKE = re.compile(
    "omtrent (den samme|det samme|som|lige|ens)|næsten lige|tæt på hinanden|"
    "passer sammen|i store træk talt"
)
QUOTED = re.compile("»[^«]*«")


def shares_held_alike(one, part):
    """The shares that a sentence says are alike, several sets of them where it speaks of several
    breakdowns or answers."""
    if one.predicate == "against":
        return [[measured(line.finding, line.row) for line in one.args[:2]]]
    finding = one.args[0]
    if one.predicate == "country":
        home, land = part.evidence
        return [[measured(finding, home), rest_of_country(finding, home, land)]]
    answers = finding.answers if one.predicate == "same_overall" else (one.given["answer"],)
    findings = finding if one.predicate == "across" else (finding,)
    sets = [(each, compared(each, answer)) for each in findings for answer in answers]
    return [
        [measured(each, row) for row in rows]
        for each, rows in sets
        if not set(rows).isdisjoint(part.evidence)
    ]


# Of the sample, of words, and of sentences on the page that are looked at themselves.
WITHOUT_SHARES = ("representation", "method", "like_country")


def test_what_is_gathered_at_the_foot_has_been_shown_on_the_page(said):
    """A municipality is like the country in what the page's own sentences say so of."""
    gathered = 0
    for edition, sentences in said.items():
        shown = {
            (one.page, row)
            for one in sentences
            if one.predicate == "country" and one.sentence.outcome == Outcome.ALIKE
            for row in one.sentence.evidence
        }
        for one in (one for one in sentences if one.predicate == "like_country"):
            gathered += len(one.sentence.evidence) // 2
            assert {(one.page, row) for row in one.sentence.evidence} <= shown, edition
    assert gathered > 100


def test_only_what_is_shown_to_be_alike_is_said_to_be(said):
    count, wrong = 0, []
    for edition, sentences in said.items():
        for one in (one for one in sentences if one.predicate not in WITHOUT_SHARES):
            for part in parts_of(one.sentence):
                if ALIKE.search(QUOTED.sub("", part.text)):
                    assert part.outcome == Outcome.ALIKE, part.text
                if part.outcome == Outcome.ALIKE:
                    count += 1
                    shown = (
                        means_alike(one.args[0], part)
                        if one.predicate == "means"
                        else [are_alike(*shares) for shares in shares_held_alike(one, part)]
                    )
                    if shown.count(False) > (one.predicate == "same_overall"):
                        wrong.append((edition, one.page, part.text))
    print(f"{count} sentences say that shares are alike; of {len(wrong)} that is not shown")
    assert not wrong, wrong
    assert count > 30


def test_what_is_explained_has_just_been_said(said):
    """An explanation names the group that the sentence before it says is the lowest for certain."""
    for edition, sentences in said.items():
        before = None
        for one in sentences:
            if str(one.sentence).startswith("En del af forklaringen"):
                _, lowest = ends_of(before.args[0], before.given["answer"])
                certain = any(
                    part.outcome and part.outcome.is_certain for part in parts_of(before.sentence)
                )
                named = before.args[0].phrase(lowest.group) in str(one.sentence)
                assert certain and named, (edition, str(before.sentence), str(one.sentence))
            before = one if one.predicate == "groups" else before


def test_a_page_that_compares_says_how_it_is_tested(said):
    compares = ("groups", "runner_up", "country", "against", "across", "most_in")
    for edition, sentences in said.items():
        pages = {one.page for one in sentences if one.predicate in compares and one.sentence.text}
        assert pages <= {one.page for one in sentences if one.predicate == "method"}, edition
