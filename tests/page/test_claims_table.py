"""The reports' claims in words, each with a verdict."""

import pandas as pd
import pytest

from helpers.page import open_page
from helpers.page.reconciliation import FAILS, HOLDS, UNDECIDED, verdict
from helpers.paths import DATA


@pytest.mark.parametrize("survey", ["citizens", "jobcentres"])
def test_every_claim_of_the_registry_is_in_the_table_with_a_verdict(survey):
    published = pd.read_csv(DATA / "published" / f"{survey}.csv", dtype=str, keep_default_na=False)
    claims = published[published["statistic"] == "claim"]
    told = open_page(survey=survey).reconciliation().claims().plain
    quoted = {note[: note.index("«") + 1] for note in claims["note"] if note.startswith("»")}
    assert len(quoted) > 20 and all(quotation in told for quotation in quoted)
    assert all(
        line.split(" | ")[2] in (HOLDS, FAILS, UNDECIDED) for line in told.splitlines()[2:-2]
    )


def test_a_claim_holds_only_when_all_it_rests_on_does():
    def of(*statuses, figure=1.0):
        return verdict(pd.DataFrame({"status": statuses, "reproduced": figure}))

    assert of("genskabt", "genskabt") == HOLDS
    assert of("genskabt", "umulig") == of("uforklaret") == FAILS
    assert of("ulæselig", "genskabt") == of("uforklaret", figure=float("nan")) == UNDECIDED
