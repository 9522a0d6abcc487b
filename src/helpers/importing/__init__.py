"""Real answers in: survey exports read, mapped to the codebook, checked and written as datasets."""

from helpers.importing.exporting import export_surveyxact
from helpers.importing.importer import Done, import_and_tell, import_survey
from helpers.importing.reading import read_export
from helpers.importing.records import SurveyExport
from helpers.importing.surveyxact import read_surveyxact

__all__ = [
    "Done",
    "SurveyExport",
    "export_surveyxact",
    "import_and_tell",
    "import_survey",
    "read_export",
    "read_surveyxact",
]
