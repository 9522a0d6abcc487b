"""The import: read, map, check, write."""

import datetime
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.survey.codebook import Codebook, load_codebook, surveys
from helpers.survey.dataset import MANIFEST, Imported, Manifest, SurveyFile, open_folder
from helpers.survey.importing import report
from helpers.survey.importing.answers import finished, given_answers
from helpers.survey.importing.dates import check_dates
from helpers.survey.importing.findings import Checks, Outcome, load_checks, stopping
from helpers.survey.importing.linking import Mapping, link_all, mapping_text
from helpers.survey.importing.privacy import dropped_columns
from helpers.survey.importing.reading import read_export
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.respondents import People, people_in
from helpers.survey.importing.routing_check import Checked, check_routing
from helpers.survey.importing.sampling import Frame, sampling_frame
from helpers.survey.importing.status import status_of
from helpers.survey.importing.writer import KEEP_OUT, existing_manifest, manifest_text, parquet_bytes, replaced, write_file

REAL = DATA / "real"


@dataclass(frozen=True)
class Result:
    """An export read and checked: the answers to write, and what the report says."""

    export: SurveyExport
    mapping: Mapping
    answers: pd.DataFrame
    people: People
    checked: Checked
    frame: Frame
    outcomes: list[Outcome]
    period: str


def import_survey(path: str | Path, survey: str = "citizens", output: str | Path | None = None, mapping_file: str | Path | None = None,
                  title: str | None = None, period: str | None = None, report: bool | None = None, today: datetime.date | None = None,
                  follows: str | Path | None = None) -> Path:
    """Reads an export, checks it against the survey's codebook and writes a dataset folder; returns the folder.

    `report` says that this is the round whose numbers the reports print; None leaves that as it was in the folder, or says no.
    `follows` names the dataset that is published of the same round already: new answers are held back until there are enough of them.
    The folder gets the answers (Parquet), dataset.yaml, frame/SURVEY/*.csv when there is a frame, and the report. What is already
    there stays untouched when the import stops; the report and a mapping file then lie in a folder beside it.
    Raises UserError when the export cannot be read, a question has no certain column, or there are too many contradictions.
    """
    path, today = Path(path), today or datetime.date.today()
    if survey not in surveys() and not Path(survey).suffix:
        raise UserError(f"Der er ingen undersøgelse »{survey}«. Undersøgelserne er: {', '.join(surveys())}.")
    codebook, checks = load_codebook(survey), load_checks()
    folder = Path(output) if output else REAL / path.resolve().stem
    manifest = existing_manifest(folder)
    published = os.path.relpath(open_folder(str(follows)).folder, folder) if follows else None
    export = read_export(path)
    mapping = link_all(export, codebook, Path(mapping_file) if mapping_file else None)
    if mapping.unmatched:
        raise unmatched(export, mapping, codebook, folder)
    if not mapping_file:
        check_order(export, mapping)
    result = checked_answers(export, mapping, codebook, checks, today)
    if stops := stopping(result.outcomes, checks):
        raise too_many(result, stops, codebook, checks, folder)
    if result.answers.empty:
        raise UserError(f"{export.source.data_file}: ingen række er en respondent med svar. Se efter, om det er den rigtige eksport.")
    own_codebook = Path(survey) if Path(survey).suffix else None
    with replaced(folder) as new:
        write_dataset(new, result, codebook, checks)
        entry = survey_entry(result, codebook, title, period, today, new / f"{codebook.survey}.parquet", manifest)
        if own_codebook:
            entry = entry.model_copy(update={"codebook": f"{codebook.survey}.yaml"})
            write_file(new / entry.codebook, own_codebook.read_bytes())
        write_file(new / MANIFEST, manifest_text(new_manifest(manifest, codebook, entry, report, published)))
    return folder


def check_order(export: SurveyExport, mapping: Mapping) -> None:
    """Raises UserError when the questions' columns stand in another order than in the structure: column names or contents
    may then have changed places, which codes alone do not show. An analyst who knows better says so with a mapping file."""
    listed = [column for column in export.order if column in mapping.columns]
    standing = [column for column in export.by_name if column in set(listed)]
    moved = next(((here, there) for here, there in zip(standing, listed) if here != there), None)
    if moved:
        raise UserError(f"{export.source.data_file}: kolonnen »{moved[0]}« står, hvor strukturen har »{moved[1]}«; kolonner eller deres navne "
                        "er flyttet efter eksporten. Hent eksporten igen, eller bekræft kolonnerne med en koblingsfil (--mapping).")


def checked_answers(export: SurveyExport, mapping: Mapping, codebook: Codebook, checks: Checks, today: datetime.date) -> Result:
    """The respondents' answers with contradictions taken out, and all that was found."""
    given, outside = given_answers(export, mapping, codebook)
    status = status_of(export)
    people, contradictory = people_in(export, given, codebook, status)
    kept = given[people.respondents]
    checked = check_routing(export, kept, people.completed[people.respondents], codebook, mapping)
    dates, period = check_dates(export, mapping.columns, today)
    frame = sampling_frame(given, people, codebook, status, checks.frame_known_share)
    return Result(export, mapping, finished(checked.answers, codebook), people, checked, frame,
                  [*outside, *contradictory, *checked.outcomes, *dates], period)


def write_dataset(folder: Path, result: Result, codebook: Codebook, checks: Checks) -> None:
    """Fills the folder with the answers, the frame, the report and the mapping."""
    write_file(folder / f"{codebook.survey}.parquet", parquet_bytes(result.answers))
    shutil.rmtree(folder / "frame" / codebook.survey, ignore_errors=True)
    for question, table in result.frame.tables.items():
        write_file(folder / "frame" / codebook.survey / f"{question}.csv", table.to_csv(index=False))
    write_file(folder / f"import-{codebook.survey}.md", "\n".join(success_report(result, codebook, checks)))
    write_file(folder / f"import-{codebook.survey}.csv", report.findings_csv(result.outcomes, checks))
    write_file(folder / f"kobling-{codebook.survey}.yaml", mapping_text(result.mapping, result.export, codebook))
    write_file(folder / ".gitignore", KEEP_OUT)


def survey_entry(result: Result, codebook: Codebook, title: str | None, period: str | None, today: datetime.date, answers: Path,
                 manifest: Manifest | None) -> SurveyFile:
    """What the manifest says of the survey that was imported; title and period stay from last time when nothing else is known."""
    source, last = result.export.source, manifest.surveys.get(codebook.survey) if manifest else None
    imported = Imported(
        kind=source.kind, files={file.name: file.sha256 for file in source.files}, when=today.isoformat(), rows=len(result.export.answers),
        invited=result.frame.invited, completed=int((result.people.completed & result.people.respondents).sum()),
        screened_out=int(result.people.screened_out.sum()), left_out=result.mapping.left_out)
    return SurveyFile(file=answers.name, respondents=len(result.answers), sha256=hashlib.sha256(answers.read_bytes()).hexdigest(), imported=imported,
                      title=title or (last and last.title) or codebook.title,
                      period=period or result.period or (last and last.period) or "ikke oplyst", source=f"Besvarelser, eksport fra {source.kind}",
                      common_links=result.frame.common_links)


def new_manifest(old: Manifest | None, codebook: Codebook, entry: SurveyFile, report: bool | None, follows: str | None) -> Manifest:
    """The manifest with this survey's entry; the dataset as a whole is called what its first survey is."""
    surveys = {**(old.surveys if old else {}), codebook.survey: entry}
    first = next(iter(surveys.values()))
    is_report = report if report is not None else bool(old and old.report)
    return Manifest(title=first.title or old.title, period=first.period or old.period, synthetic=False, report=is_report,
                    follows=follows or (old.follows if old else None),
                    source=first.source or old.source, surveys=surveys)


def success_report(result: Result, codebook: Codebook, checks: Checks) -> list[str]:
    """The report of an import that went well."""
    people, number = result.people, report.thousands
    verdict = (f"{number(len(result.answers))} respondenter er læst ind, heraf {number(int((people.completed & people.respondents).sum()))} "
               f"med gennemført skema. {number(int(people.screened_out.sum()))} er sorteret fra af deres svar.")
    nothing = [f"{question}: {number(count)} spurgte satte intet kryds; de tæller med i basen." for question, count in result.checked.nothing_ticked.items() if count]
    unrouted = [f"{question}: kan ikke kontrolleres, fordi eksporten mangler det spørgsmål, der afgør, hvem der spørges." for question in result.checked.unrouted]
    invited = [f"Inviterede i alt: {number(result.frame.invited)}."] if result.frame.invited is not None else []
    tables = [f"frame/{codebook.survey}/{name}.csv" for name in result.frame.tables]
    return [*report.opening(result.export, codebook, verdict), *report.outcome_lines(result.outcomes, checks),
            *report.list_lines("Baser", [*nothing, *unrouted]),
            *report.list_lines("Stikprøven", [*invited, *result.frame.notes, *([f"Tabeller: {', '.join(tables)}."] if tables else [])]),
            *report.dropped_lines(dropped_columns(result.export, result.mapping.columns)), *report.mapping_lines(result.mapping, codebook)]


def set_aside(folder: Path, files: dict[str, bytes | str]) -> Path:
    """Writes what the analyst needs after a stop beside the dataset folder, and returns where."""
    aside = folder.with_name(f"{folder.name}-afvist")
    with replaced(aside) as new:
        for name, content in {**files, ".gitignore": KEEP_OUT}.items():
            write_file(new / name, content)
    return aside


def unmatched(export: SurveyExport, mapping: Mapping, codebook: Codebook, folder: Path) -> UserError:
    """The error for questions without a certain column; the mapping file to correct is written."""
    lines = report.opening(export, codebook, "Indlæsningen er stoppet: der er spørgsmål, som ingen kolonne med sikkerhed hører til.")
    name = f"kobling-{codebook.survey}.yaml"
    aside = set_aside(folder, {f"import-{codebook.survey}.md": "\n".join([*lines, *report.mapping_lines(mapping, codebook)]),
                               name: mapping_text(mapping, export, codebook)})
    listed = [f"  {found.question}: {found.reason}" + (f" (måske {', '.join(found.candidates)})" if found.candidates else "") for found in mapping.unmatched]
    more = [f"  … og {len(listed) - 12} til"] if len(listed) > 12 else []
    garbled = [f"  {note}" for note in export.source.notes]
    return UserError("\n".join([f"{export.source.data_file}: {len(listed)} spørgsmål er ikke fundet med sikkerhed:", *listed[:12], *more, *garbled,
                                f"Ret {aside / name}, og indlæs igen med --mapping {aside / name}"]))


def too_many(result: Result, stops: list[Outcome], codebook: Codebook, checks: Checks, folder: Path) -> UserError:
    """The error for more contradictions than the thresholds allow; the report is written."""
    lines = report.opening(result.export, codebook, "Indlæsningen er stoppet: der er for mange modsigelser. Intet er skrevet i datasættet.")
    aside = set_aside(folder, {
        f"import-{codebook.survey}.md": "\n".join([*lines, *report.outcome_lines(result.outcomes, checks), *report.mapping_lines(result.mapping, codebook)]),
        f"import-{codebook.survey}.csv": report.findings_csv(result.outcomes, checks)})
    listed = [f"  kolonne {stop.column or '-'}: {checks.checks[stop.kind].title}, {report.thousands(stop.count)} af {report.thousands(stop.of)} rækker"
              f" (første: række {stop.first_row})" for stop in stops]
    more = [f"  … og {len(listed) - 12} til"] if len(listed) > 12 else []
    return UserError("\n".join([f"{result.export.source.data_file}: for mange modsigelser:", *listed[:12], *more,
                                f"Se hver række i {aside / f'import-{codebook.survey}.csv'}. Er kolonner byttet om, eller er filen beskadiget, så hent "
                                "eksporten igen. Grænserne står i data/import.yaml."]))
