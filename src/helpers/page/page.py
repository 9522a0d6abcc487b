"""A page: one notebook in one edition. It opens releasable estimates and never sees answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.page import frame
from helpers.page.comparison import Comparison
from helpers.page.display import Html, Text
from helpers.page.findings import Finding, make_finding, source_of
from helpers.page.sentences import Sentence, paragraph
from helpers.page.notice import notice
from helpers.page.parameters import refuse_unknown_parameters
from helpers.page.reconciliation import Reconciliation, reconciliation
from helpers.survey.dataset import open_dataset
from helpers.survey.editions import Edition, find_edition
from helpers.survey.release import Releasable, releasable

SURVEY = "citizens"


@dataclass(frozen=True)
class Page:
    """A survey's releasable estimates seen from one edition."""

    edition: Edition
    releasable: Releasable
    dataset: str | Path = "synthetic"

    def notice(self) -> Html:
        """Which edition the page shows, and whether its answers are synthetic."""
        return notice(self.edition, self.releasable.manifest)

    def finding(self, question: str, by: str | None = None) -> Finding:
        """The answers to a question, by the groups of breakdown `by` if given. Raises UserError for an unknown name."""
        return make_finding(self.releasable, self.edition, question, by)

    def findings(self, question: str, by: tuple[str, ...]) -> tuple[Finding, ...]:
        """The answers to a question, once per breakdown."""
        return tuple(self.finding(question, breakdown) for breakdown in by)

    def battery(self, battery: str) -> Finding:
        """The answers to a battery, one group per statement. Raises UserError for an unknown name."""
        return make_finding(self.releasable, self.edition, battery)

    def municipalities(self, question: str, answer: str) -> Comparison:
        """One answer's share in every municipality, with its uncertainty. Raises UserError outside the country's edition."""
        return Comparison(self.finding(question, by="kommune"), answer)

    def representation(self, question: str) -> frame.Representation:
        """The sample and the answers by a background question, for the whole country."""
        return frame.representation(self.releasable, question, source_of(self.releasable))

    def reconciliation(self) -> Reconciliation:
        """The report's printed numbers beside the dataset's."""
        return reconciliation(self.dataset, self.releasable.codebook.survey, self.releasable.codebook, source_of(self.releasable))

    def tell(self, *sentences: Sentence | str) -> Text:
        """The sentences as one paragraph."""
        return Text(paragraph(sentences))

    def points(self, *sentences: Sentence | str) -> Text:
        """The sentences as a list, one point each."""
        return Text("\n".join(f"- {sentence}" for sentence in sentences if str(sentence)))


def open_page(municipality: str | int = "Hele landet", dataset: str | Path = "synthetic", survey: str = SURVEY) -> Page:
    """The page of an edition. Raises UserError, in Danish, for an unknown municipality, dataset or notebook parameter."""
    refuse_unknown_parameters()
    estimates = releasable(open_dataset(dataset), survey)
    return Page(find_edition(municipality, estimates.editions), estimates, dataset)
