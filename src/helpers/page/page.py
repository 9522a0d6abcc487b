"""A page: one notebook in one edition. It opens releasable estimates and never sees answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from IPython import get_ipython

from helpers.disclosure.opening import open_dataset, open_rounds
from helpers.disclosure.release import Releasable, audit_of
from helpers.disclosure.weighted import UNWEIGHTED, NoWeights, choice, estimates_of, weighted
from helpers.page import key_figures as cards
from helpers.page import mean_words
from helpers.page import printed_answers as printed
from helpers.page import quotations as comments
from helpers.page import representativeness as frame
from helpers.page import silent as nonresponse
from helpers.page.beside import Beside, Line
from helpers.page.comparison import Comparison
from helpers.page.danish import listed, number, quoted, sentence
from helpers.page.development import Development, make_development, names_of
from helpers.page.display import Html, Picture, Text
from helpers.page.faces import ShownFinding
from helpers.page.findings import Finding
from helpers.page.findings_made import make_finding, source_of
from helpers.page.key_shares import KeyShares
from helpers.page.means_made import make_means, make_rounds, make_weighed
from helpers.page.notice import notice, with_rules, with_weighting
from helpers.page.own_data import bases, unsaid_steps
from helpers.page.own_figure import own_figure
from helpers.page.panel import Opened, offer_panel
from helpers.page.parameters import refuse_unknown_parameters
from helpers.page.reconciliation import Reconciliation, reconciliation
from helpers.page.said_once import SaidOnce
from helpers.page.secrecy import Secrecy
from helpers.page.sentences import NOTHING, Sentence, filled, joined
from helpers.page.shown_means import ShownMeans
from helpers.page.similar import Similar, make_similar
from helpers.page.slips import tell_first
from helpers.page.standings import Differences, make_differences
from helpers.page.weighed import Result, Weighed
from helpers.paths import STANDARD
from helpers.statistics.comparisons import REST
from helpers.statistics.nonresponse import Silent
from helpers.survey.editions import Edition, find_edition, name_of_code

UNPUBLISHED = "Rapportens tal er ikke offentliggjort, så tallene her er opdigtede."
UNPUBLISHED_ANSWERS = "Rapportens tal for {svar} er ikke offentliggjort, så tallet her er opdigtet."
PARTLY_PUBLISHED = "Kun en del af tallene er trykt i rapporten; resten er opdigtede."


@dataclass(frozen=True)
class Page:
    """A survey's releasable estimates seen from one edition."""

    edition: Edition
    releasable: Releasable
    dataset: str | Path = STANDARD
    weighting: str = UNWEIGHTED  # as asked for; a survey of everybody stays unweighted all the same

    def notice(self) -> Html:
        """Which edition the page shows, whether its answers are synthetic, whether its shares are
        weighted, and whether less is hidden than by the project's rules."""
        said = notice(self.edition, self.releasable.manifest, self.releasable.codebook)
        return with_rules(
            with_weighting(said, self.releasable, self.weighting), self.releasable.rules
        )

    def survey(self, name: str) -> Page:
        """The page on another survey of the same dataset: the same edition, or the whole country in
        a survey without municipalities. Raises UserError when the dataset has no answers to it."""
        other = estimates_of(open_dataset(self.dataset), name, self.weighting)
        has_editions = other.codebook.municipality_question is not None
        return Page(
            find_edition(self.edition.name, other.editions) if has_editions else other.country,
            other,
            self.dataset,
            self.weighting,
        )

    def finding(self, question: str, by: str | None = None, about: str = "") -> ShownFinding:
        """The answers to a question, by the groups of breakdown `by` if given. Raises UserError for
        an unknown name."""
        return make_finding(self.releasable, self.edition, question, by, about)

    def in_country(self, question: str, by: str | None = None) -> ShownFinding:
        """The whole country's answers to a question, in a municipality's edition too."""
        return make_finding(self.releasable, self.releasable.country, question, by)

    def findings(self, question: str, by: tuple[str, ...]) -> tuple[ShownFinding, ...]:
        """The answers to a question, once per breakdown."""
        return tuple(self.finding(question, breakdown) for breakdown in by)

    def own_figure(
        self,
        draw: Callable[..., object] | str,
        data: pd.DataFrame | pd.Series | None = None,
        *,
        title: str = "",
        alt: Sentence | str = "",
        note: str = "",
        **look: Any,
    ) -> Picture:
        """A figure of the author's own: `draw` is a function of seaborn's, or another that draws on
        the `ax` that it is given, or the kind of a pandas plot; `look` are its other arguments.

        `data` are what it shows, from `finding.data()`; the book's table and files are made of
        them. Raises UserError without title, alt or data.
        """
        notes = [*filter(None, [note, bases(data), unsaid_steps(data)]), source_of(self.releasable)]
        return own_figure(draw, data, title, alt, notes, look)

    def battery(self, battery: str) -> ShownFinding:
        """The answers to a battery, one group per statement. Raises UserError for an unknown
        name."""
        return make_finding(self.releasable, self.edition, battery)

    def municipalities(self, question: str, answer: str) -> Comparison:
        """One answer's share in every municipality, with its uncertainty. Raises UserError outside
        the country's edition."""
        return self.compared(self.finding(question, by=self.by_place), answer)

    def key_shares(self, comparisons: Mapping[str, Comparison]) -> KeyShares:
        """Several of `municipalities` at once, each under a name of its own."""
        return KeyShares(comparisons)

    def compared_by(self, question: str) -> tuple[str, ...]:
        """The breakdowns that a question's groups are compared by."""
        return self.releasable.codebook.question(question).compared_by

    def rank(self, question: str, answer: str) -> Sentence:
        """Where the edition's municipality stands among all; nothing in the country's own
        edition."""
        if self.edition.is_country:
            return NOTHING
        everywhere = make_finding(self.releasable, self.releasable.country, question, self.by_place)
        return Comparison(everywhere, answer).rank(self.edition.name)

    @property
    def by_place(self) -> str:
        """The breakdown by municipality. Raises UserError when there is none."""
        return self.releasable.codebook.by_place.id

    def compared(self, finding: Finding, answer: str) -> Comparison:
        """The municipalities of a finding, with those that differ from the rest of the country by
        their own pages' tests."""
        families = {
            edition.name: self.releasable.comparisons.of(edition.slug, finding.question)
            for edition in self.releasable.editions
            if edition.name in finding.groups
        }
        found = {
            name: family.of(finding.question.id, REST, finding.label(answer))
            for name, family in families.items()
        }
        return Comparison(
            finding,
            answer,
            frozenset(name for name, one in found.items() if one and one.beyond_chance),
        )

    def development(self, question: str, answer: str) -> Development:
        """One answer's share in every collection round of the datasets, with its interval, and
        whether it has moved."""
        return make_development(self.finding(question), answer, self.rounds())

    def means(self, *scales: str, by: str | None = None) -> ShownMeans:
        """The means of what has scores in the codebook, with the country's beside them; or of one
        of them by the groups of breakdown `by`, and by municipality with the ranks each may have.
        Raises UserError for an unknown name."""
        return make_means(self.releasable, self.edition, scales, by)

    def told_means(self, *means: ShownMeans) -> Sentence:
        """What means say: against the rest of the country, between groups, or since the last
        round."""
        return joined(mean_words.tell(one, self.mean_family) for one in means)

    @cached_property
    def mean_family(self) -> mean_words.Family:
        """Which of the edition's means differ for certain, all corrected together."""
        return mean_words.family(self.releasable, self.edition)

    def mean_weights(self, *scales: str) -> ShownMeans | Text:
        """Means with and without weights; where the answers cannot be weighted, why."""
        dataset, survey = open_dataset(self.dataset), self.releasable.codebook.survey
        plain = estimates_of(dataset, survey)
        try:
            return make_weighed(plain, weighted(dataset, survey, plain), self.edition, scales)
        except NoWeights as error:
            return Text(str(error))

    def mean_rounds(self, *scales: str) -> ShownMeans:
        """Means in every collection round of the datasets."""
        rounds = self.rounds()
        names = names_of([one.manifest for one in rounds])
        return make_rounds(list(zip(names, rounds)), self.edition, scales)

    def rounds(self) -> list[Releasable]:
        """The survey's rounds, the oldest first and the page's own last."""
        survey = self.releasable.codebook.survey
        return [
            *(
                estimates_of(one, survey, self.weighting)
                for one in open_rounds(self.dataset)[:-1]
                if survey in one.manifest.surveys
            ),
            self.releasable,
        ]

    def weighed(self, *results: tuple[str, ...]) -> Weighed:
        """Results with and without weights, each (label, question or battery, answer, statement if
        any), whatever the page's own weighting.

        Where the answers cannot be weighted it shows nothing and tells why.
        """
        dataset, survey = open_dataset(self.dataset), self.releasable.codebook.survey
        plain = estimates_of(dataset, survey)
        try:
            heavy = weighted(dataset, survey, plain)
        except NoWeights as error:
            return Weighed(self.releasable.codebook, (), source_of(plain), None, str(error))
        shares = [
            [
                (found := make_finding(one, self.edition, question), found.row(answer, *group))
                for one in (plain, heavy)
            ]
            for _, question, answer, *group in results
        ]
        pairs = tuple(Result(label, *both) for (label, *_), both in zip(results, shares))
        return Weighed(
            self.releasable.codebook, pairs, source_of(plain), heavy.weighting, asked=results
        )

    def representation(self, question: str) -> frame.Representation:
        """The sample and the answers by a background question, for the whole country; empty where
        nobody knows the sample."""
        sample = open_dataset(self.dataset).frame(self.releasable.codebook.survey)
        return frame.representation(self.releasable, sample, question, source_of(self.releasable))

    def common_links(
        self, municipalities: frame.Representation, *others: frame.Representation
    ) -> Text:
        """Which municipalities sent one link to everybody, and what that does to the sample."""
        entry = open_dataset(self.dataset).entry(self.releasable.codebook.survey)
        return self.tell(frame.common_links(entry.common_links, municipalities, *others))

    def reconciliation(self) -> Reconciliation:
        """The report's printed numbers beside the dataset's."""
        return reconciliation(
            self.dataset,
            self.releasable.codebook.survey,
            self.releasable.codebook,
            source_of(self.releasable),
        )

    def secrecy(self) -> Secrecy:
        """What is hidden in the edition, and whether it could be worked out; in the country's
        edition, in all editions."""
        found = audit_of(open_dataset(self.dataset), self.releasable.codebook.survey)
        editions = self.releasable.editions if self.edition.is_country else (self.edition,)
        return Secrecy(
            found.of(tuple(edition.slug for edition in editions)),
            editions,
            source_of(self.releasable),
            self.releasable.codebook,
        )

    def taking_part(self) -> Sentence:
        """How many answered of those who were asked to in the edition, or that it is not known."""
        return frame.taking_part(self.releasable.answered_of_invited(self.edition))

    @property
    def all_municipalities(self) -> int:
        """How many municipalities the whole country has, whether they took part or not."""
        return len(name_of_code())

    def printed(self, *questions: str) -> Html:
        """What the report prints on these questions and batteries, and what it has not
        published."""
        return printed.table(self.releasable.codebook, questions)

    def comments(self, question: str) -> Html | Text:
        """What respondents wrote on a question or battery, as the report prints it; nothing where
        the answers are not the report's."""
        return (
            comments.comments(self.releasable.codebook, question)
            if self.releasable.manifest.report
            else Text("")
        )

    def turning(self, finding: Finding, answer: str, *conclusions: str, **words: Any) -> Sentence:
        """What those who did not answer could change (`nonresponse.turning`)."""
        return nonresponse.turning(finding, answer, *conclusions, **words, country=self.silent())

    def turning_points(self, *lines: Line, **look: Any) -> Html | Text:
        """The same of several shares (`finding.line`) as a table."""
        return nonresponse.bounds_table(*lines, **look, country=self.silent())

    def silent(self) -> Silent | None:
        """How many answered in the whole country, of how many who were invited; None where that is
        not known."""
        known = self.releasable.answered_of_invited(self.releasable.country)
        return None if known is None else Silent(*known)

    def unprinted(self, finding: Finding, *answers: str) -> Sentence:
        """That bars are invented, where the answers are synthetic and the report's own numbers are
        not published; of the question as a whole, or of some of its `answers`."""
        if not (self.releasable.manifest.synthetic and self.releasable.manifest.report):
            return NOTHING
        if answers:
            missing = printed.without_number(finding.codebook, finding.question, answers)
            return (
                filled(
                    UNPUBLISHED_ANSWERS,
                    svar=listed(quoted(finding.short(answer)) for answer in missing),
                )
                if missing
                else NOTHING
            )
        whole = printed.unprinted(finding.codebook, finding.questions)
        return NOTHING if whole is False else filled(UNPUBLISHED if whole else PARTLY_PUBLISHED)

    def reported(self, row_id: str, template: str) -> Sentence:
        """What the report itself prints, by its row in data/published: {trykt} is the number,
        {side} its page. Nothing in a municipality's edition, and of answers that are not the
        report's. Raises UserError for an unknown row."""
        if not (self.edition.is_country and self.releasable.manifest.report):
            return NOTHING
        row = printed.row(self.releasable.codebook, row_id)
        return filled(template, trykt=number(row.value), side=number(row.page))

    def beside(self, title: str, *lines: Line) -> Beside:
        """Shares from several findings (`finding.line`), of other surveys too, under each other
        with their intervals."""
        return Beside(title, lines)

    def in_groups(self, question: str, answer: str, by: str) -> Beside:
        """An answer's share in each group of breakdown `by`, with the country's beside it: a small
        figure, alike from result to result."""
        return cards.in_groups(self.finding(question, by), answer)

    def key_figures(self, *lines: Line, page: str = "", section: str = "") -> Html:
        """Shares in large type, each with its interval and the country's, linked to the section (by
        its heading) of the page that tells more. The label of a line (`finding.line`) is what
        follows "andelen, der …"."""
        return cards.listing(lines, cards.link(page, section))

    def summary(self, sections: Mapping[str, Sentence]) -> Html:
        """What the page answers, on top: a sentence per section (by its heading), linked to it."""
        return cards.summary(sections)

    def differences(self) -> Differences:
        """The edition's municipality beside the country in all that the codebook adds up, the
        surest difference first; in the country's own edition its shares alone."""
        return make_differences(self.releasable, self.edition)

    def similar(self, question: str, answer: str, by: str) -> Similar:
        """An answer's share in the municipalities that are most like the edition's own, by their
        number of answers and by how these spread on background question `by`."""
        return make_similar(self.releasable, self.edition, question, answer, by)

    @cached_property
    def said(self) -> SaidOnce:
        """What the page has said so far."""
        return SaidOnce(self.releasable.codebook, self.releasable.rules)

    def tell(self, *sentences: Sentence | str) -> Text:
        """The sentences as one paragraph. A remark that the page has made is not made again, and
        what is like the country is said at the page's foot (`say.method`)."""
        return Text(self.said.told(sentences), self.said.kind(sentences))

    def points(self, *sentences: Sentence | str) -> Text:
        """The sentences as a list, one point each."""
        told = (self.said.told([sentence]) for sentence in sentences)
        return Text("\n".join(f"- {sentence}" for sentence in told if sentence))


def open_page(
    municipality: str | int = "Hele landet",
    dataset: str | Path = STANDARD,
    survey: str | None = None,
    weighting: str = UNWEIGHTED,
    panel: bool = True,
) -> Page:
    """The page of an edition; in JupyterLab also with a `panel` to choose another.

    Of the survey that the dataset's editions are of, if no other is named. Raises UserError, in
    Danish, for an unknown municipality, dataset or notebook parameter, and for
    a `weighting` ("uden", "stikproeve") that the dataset has no sample for.
    """
    tell_first(get_ipython())
    refuse_unknown_parameters()
    opened = open_dataset(dataset)
    estimates = estimates_of(opened, survey or opened.main, weighting)
    page = Page(
        find_edition(municipality, estimates.editions), estimates, dataset, choice(weighting)
    )
    if panel:
        names = tuple(edition.name for edition in estimates.editions)
        places = sentence(estimates.codebook.places.singular)
        offer_panel(Opened(page.edition.name, names, dataset, page.weighting, places))
    return page
