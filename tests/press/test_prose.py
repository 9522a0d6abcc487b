"""Prose that only some datasets can have."""

from pathlib import Path

import pytest

from helpers.errors import UserError
from helpers.paths import ROOT
from helpers.press.bind.prose import suited

PROSE = """# Titel

<!-- needs: report -->
Om rapportens runde.
<!-- end -->
<!-- without: report -->
Om en anden runde.
<!-- end -->

Om alle.
"""
PATH = Path("book/prøve.md")


def test_a_block_is_there_for_the_datasets_it_is_for():
    assert (
        suited(PROSE, {"citizens", "report"}, PATH)
        == "# Titel\n\nOm rapportens runde.\n\nOm alle.\n"
    )
    assert suited(PROSE, {"citizens"}, PATH) == "# Titel\n\nOm en anden runde.\n\nOm alle.\n"


@pytest.mark.parametrize(
    ("prose", "line"),
    [
        ("Et.\n\n<!-- needs: report -->\nTo.\n", 3),
        ("Et.\n<!-- end -->\n", 2),
        (PROSE + "<!-- without: report -->\n", 11),
    ],
)
def test_a_mark_without_counterpart_is_refused_with_its_line(prose, line):
    with pytest.raises(UserError, match=rf"prøve.md, linje {line}: mærket"):
        suited(prose, {"report"}, PATH)


def test_another_round_is_told_nothing_of_the_report_s_own():
    told = {
        path.name: suited(path.read_text(encoding="utf-8"), {"citizens"}, path)
        for path in (ROOT / "book").glob("*.md")
        if path.name != "baggrund.md"
    }
    assert told and not [
        name for name, text in told.items() if "Marselisborg" in text or "Frederiksberg" in text
    ]
