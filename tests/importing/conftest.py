import sys
from pathlib import Path

import pytest

# forms.py is shared by the tests of this folder.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True, scope="session")
def read_once():
    """Reads the codebook and the thresholds once for hundreds of imports."""
    from helpers.importing import importer
    from helpers.importing.contradictions import load_checks
    from helpers.survey.codebook import load_codebook

    patch = pytest.MonkeyPatch()
    codebook, checks = load_codebook("citizens"), load_checks()
    patch.setattr(
        importer,
        "load_codebook",
        lambda survey: codebook if survey == "citizens" else load_codebook(survey),
    )
    patch.setattr(importer, "load_checks", lambda: checks)
    yield
    patch.undo()
