"""A value that is there is itself, also one that counts as false."""

import pytest

from helpers.not_none import not_none


@pytest.mark.parametrize("value", [0, 0.0, "", (), False, "Ja"])
def test_what_is_there_is_given_as_it_is(value):
    assert not_none(value) is value


def test_what_is_missing_is_an_error():
    with pytest.raises(ValueError, match="missing"):
        not_none(None)
