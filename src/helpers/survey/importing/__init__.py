"""Real answers in: survey exports read, mapped to the codebook, checked and written as datasets."""

from helpers.survey.importing.exporting import export_surveyxact
from helpers.survey.importing.importer import Done, import_and_tell, import_survey
from helpers.survey.importing.reading import read_export
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.surveyxact import read_surveyxact

__all__ = [
    "Done",
    "SurveyExport",
    "export_surveyxact",
    "import_and_tell",
    "import_survey",
    "read_export",
    "read_surveyxact",
]
