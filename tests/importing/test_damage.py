"""No damage gives a traceback or a wrong number: it stops in Danish, or all is right.

All of the catalogue is done by tests/benchmarks/import_damages.py, which also measures time and
memory; here every second is done, and of the layouts' damages every sixth.
"""

import pytest
from damaged import ended, write_fresh
from damages import damages
from damages_layouts import LAYOUT_FILES

CHOSEN = [
    name
    for number, name in enumerate(damages)
    if number % (6 if damages[name][0] in LAYOUT_FILES else 2) == 0
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A fresh export in each form, and the truth."""
    place = tmp_path_factory.mktemp("fresh")
    return place, write_fresh(place)


def test_there_are_more_than_500():
    assert len(damages) > 500


@pytest.mark.parametrize("name", CHOSEN)
def test_a_damaged_export(name, fresh, tmp_path):
    result = ended(name, *fresh, tmp_path)
    assert result.is_as(damages[name][1]), result.said
