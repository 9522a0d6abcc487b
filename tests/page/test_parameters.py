import pytest

from helpers.errors import UserError
from helpers.page.parameters import refuse_unknown_parameters

OWN = 'municipality = "Hele landet"\ndataset = "synthetic"'


def test_a_known_parameter_passes():
    refuse_unknown_parameters(["", OWN, '# Parameters\nmunicipality = "Vejle"\n', "from helpers.page import open_page"])
    refuse_unknown_parameters(["", OWN, "kommune = 1"])


def test_a_parameter_the_page_does_not_have_is_an_error_that_names_the_nearest():
    with pytest.raises(UserError, match="»municipalty«.*Mente du »municipality«"):
        refuse_unknown_parameters(["", OWN, '# Parameters\nmunicipalty = "Vejle"\n'])
