"""The import: read, map, check, write."""

import datetime
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import UserError
from helpers.importing import import_report as report
from helpers.importing.contradictions import Checks, load_checks, stopping
from helpers.importing.dates import check_dates
from helpers.importing.filled_answers import finished, given_answers
from helpers.importing.linking import Mapping, link_all
from helpers.importing.mapping_file import mapping_text
from helpers.importing.progress import progress_in
from helpers.importing.reading import check_formulas, read_export
from helpers.importing.reading_list import list_path, write_list
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import people_in
from helpers.importing.result import Result
from helpers.importing.routing_check import (
    UNANSWERED,
    check_routing,
    unanswered_deciders,
)
from helpers.importing.sampling import sampling_frame
from helpers.importing.status import status_of, unlabelled_status
from helpers.importing.stops import too_many, unmatched
from helpers.importing.summary import counted_lines, notices, success_report
from helpers.importing.theme_coding import with_themes
from helpers.importing.writer import (
    KEEP_OUT,
    existing_manifest,
    manifest_text,
    parquet_bytes,
    replaced,
    write_file,
)
from helpers.paths import DATA
from helpers.survey.codebook import Codebook, load_codebook, main_survey, surveys
from helpers.survey.dataset import MANIFEST, UNKNOWN, Imported, Manifest, SurveyFile, open_folder

REAL = DATA / "real"


@dataclass(frozen=True)
class Done:
    """A dataset that was written: its folder, the report in it, and what is told of it at once:
    three lines of who was `counted`, and the `notices` of what to look at."""

    folder: Path
    report: Path
    counted: tuple[str, ...]
    notices: tuple[str, ...]


def import_survey(
    path: str | Path,
    survey: str | None = None,
    output: str | Path | None = None,
    mapping_file: str | Path | None = None,
    title: str | None = None,
    period: str | None = None,
    report: bool | None = None,
    today: datetime.date | None = None,
    follows: str | Path | None = None,
) -> Path:
    """Reads an export, checks it against the survey's codebook and writes a dataset folder; returns
    the folder.

    `report` says that this is the round whose numbers the reports print; None leaves that as it was
    in the folder, or says no. `follows` names the dataset that is published of the same round
    already: new answers are held back until there are enough of them. The folder gets the answers
    (Parquet), dataset.yaml, frame/SURVEY/*.csv when there is a frame, and the report. What is
    already there stays untouched when the import stops; the report and a mapping file then lie in a
    folder beside it. Raises UserError when the export cannot be read, a question has no certain
    column, or there are too many contradictions.
    """
    done = import_and_tell(
        path, survey, output, mapping_file, title, period, report, today, follows
    )
    return done.folder


def import_and_tell(
    path: str | Path,
    survey: str | None = None,
    output: str | Path | None = None,
    mapping_file: str | Path | None = None,
    title: str | None = None,
    period: str | None = None,
    report: bool | None = None,
    today: datetime.date | None = None,
    follows: str | Path | None = None,
) -> Done:
    """The same, with what an analyst is told at once: how many counted, and what to look at."""
    path, today = Path(path), today or datetime.date.today()
    survey = survey or main_survey()
    if survey not in surveys() and not Path(survey).suffix:
        raise UserError(
            f"Der er ingen undersøgelse »{survey}«. Undersøgelserne er: {', '.join(surveys())}."
        )
    codebook, checks = load_codebook(survey), load_checks()
    folder = Path(output) if output else REAL / path.resolve().stem
    manifest = existing_manifest(folder)
    earlier = open_folder(str(follows)).folder if follows else None
    published = os.path.relpath(earlier, folder) if earlier else None
    said = Path(mapping_file) if mapping_file else None
    result = read_and_checked(path, codebook, checks, folder, said, today)
    result, texts = with_themes(result, codebook, folder, earlier)
    write_list(list_path(folder, codebook), texts, codebook)
    own_codebook = Path(survey) if Path(survey).suffix else None
    with replaced(folder) as new:
        write_dataset(new, result, codebook, checks)
        entry = survey_entry(
            result, codebook, title, period, today, new / f"{codebook.survey}.parquet", manifest
        )
        if own_codebook:
            name = f"{codebook.survey}.yaml"
            entry = entry.model_copy(update={"codebook": name})
            write_file(new / name, own_codebook.read_bytes())
        write_file(
            new / MANIFEST,
            manifest_text(new_manifest(manifest, codebook, entry, report, published)),
        )
    to_look_at = notices(result, codebook)
    counted = counted_lines(result, to_look_at)
    return Done(folder, folder / f"import-{codebook.survey}.md", tuple(counted), tuple(to_look_at))


def read_and_checked(
    path: Path,
    codebook: Codebook,
    checks: Checks,
    folder: Path,
    mapping_file: Path | None,
    today: datetime.date,
) -> Result:
    """The export read, mapped and checked. Raises UserError when it stops; what the analyst then
    needs is written beside `folder`."""
    export = read_export(path, codebook.closed)
    mapping = link_all(export, codebook, mapping_file)
    if mapping.unmatched:
        raise unmatched(export, mapping, codebook, folder)
    check_formulas(export, set(mapping.columns))
    if not mapping_file:
        check_order(export, mapping)
    result = checked_answers(export, mapping, codebook.closed, checks, today)
    if stops := stopping(result.outcomes, checks):
        raise too_many(result, stops, codebook, checks, folder)
    if result.answers.empty:
        raise UserError(
            f"{export.source.data_file}: ingen række er en respondent med svar. Se efter, om det "
            "er den rigtige eksport."
        )
    return result


def check_order(export: SurveyExport, mapping: Mapping) -> None:
    """Raises UserError when the questions' columns stand in another order than in the structure:
    column names or contents may then have changed places, which codes alone do not show. An analyst
    who knows better says so with a mapping file."""
    listed = [column for column in export.order if column in mapping.columns]
    standing = [column for column in export.by_name if column in set(listed)]
    moved = next(((here, there) for here, there in zip(standing, listed) if here != there), None)
    if moved:
        raise UserError(
            f"{export.source.data_file}: kolonnen »{moved[0]}« står, hvor strukturen har "
            f"»{moved[1]}«; kolonner eller deres navne "
            "er flyttet efter eksporten. Hent eksporten igen, eller bekræft kolonnerne med en "
            "koblingsfil (--mapping)."
        )


def checked_answers(
    export: SurveyExport, mapping: Mapping, codebook: Codebook, checks: Checks, today: datetime.date
) -> Result:
    """The respondents' answers with contradictions taken out, and all that was found."""
    given, outside = given_answers(export, mapping, codebook)
    status = status_of(export)
    progress = progress_in(given, codebook, bool(status))
    people, contradictory = people_in(
        export, given, codebook, status, progress.finished, mapping.respondent
    )
    counted = people.respondents
    went_on = {question: later[counted] for question, later in progress.went_on.items()}
    checked = check_routing(
        export, given[counted], people.completed[counted], went_on, codebook, mapping
    )
    most = checks.checks[UNANSWERED].stop_share
    answering = given[counted | people.screened_out]
    unanswered = unanswered_deciders(export, answering, codebook, mapping, most)
    dates, period = check_dates(export, mapping.columns, today)
    frame = sampling_frame(given, people, codebook, status, checks.frame_known_share)
    answers = finished(checked.answers, codebook)
    outcomes = [
        *outside,
        *unlabelled_status(export, status),
        *contradictory,
        *checked.outcomes,
        *unanswered,
        *dates,
    ]
    return Result(export, mapping, answers, people, checked, progress, frame, outcomes, period)


def write_dataset(folder: Path, result: Result, codebook: Codebook, checks: Checks) -> None:
    """Fills the folder with the answers, the frame, the report and the mapping."""
    write_file(folder / f"{codebook.survey}.parquet", parquet_bytes(result.answers))
    shutil.rmtree(folder / "frame" / codebook.survey, ignore_errors=True)
    for question, table in result.frame.tables.items():
        write_file(
            folder / "frame" / codebook.survey / f"{question}.csv", table.to_csv(index=False)
        )
    write_file(
        folder / f"import-{codebook.survey}.md", "\n".join(success_report(result, codebook, checks))
    )
    write_file(
        folder / f"import-{codebook.survey}.csv", report.findings_csv(result.outcomes, checks)
    )
    write_file(
        folder / f"kobling-{codebook.survey}.yaml",
        mapping_text(result.mapping, result.export, codebook),
    )
    write_file(folder / ".gitignore", KEEP_OUT)


def survey_entry(
    result: Result,
    codebook: Codebook,
    title: str | None,
    period: str | None,
    today: datetime.date,
    answers: Path,
    manifest: Manifest | None,
) -> SurveyFile:
    """What the manifest says of the survey that was imported; title and period stay from last time
    when nothing else is known."""
    source, last = result.export.source, manifest.surveys.get(codebook.survey) if manifest else None
    imported = Imported(
        kind=source.kind,
        files={file.name: file.sha256 for file in source.files},
        when=today.isoformat(),
        rows=len(result.export.answers),
        invited=result.frame.invited,
        completed=int((result.people.completed & result.people.respondents).sum()),
        screened_out=int(result.people.screened_out.sum()),
        left_out=result.mapping.left_out,
    )
    return SurveyFile(
        file=answers.name,
        respondents=len(result.answers),
        sha256=hashlib.sha256(answers.read_bytes()).hexdigest(),
        imported=imported,
        title=title or (last and last.title) or codebook.title,
        period=period or result.period or (last and last.period) or UNKNOWN,
        source=f"Besvarelser, eksport fra {source.kind}",
        common_links=result.frame.common_links,
    )


def new_manifest(
    old: Manifest | None,
    codebook: Codebook,
    entry: SurveyFile,
    report: bool | None,
    follows: str | None,
) -> Manifest:
    """The manifest with this survey's entry; the dataset as a whole is called what its first survey
    is."""
    surveys = {**(old.surveys if old else {}), codebook.survey: entry}
    first = next(iter(surveys.values()))
    # Only an entry that was there before can lack something that the dataset itself then has.
    title, period, source = (old.title, old.period, old.source) if old else ("", "", "")
    is_report = report if report is not None else bool(old and old.report)
    return Manifest(
        title=first.title or title,
        period=first.period or period,
        synthetic=False,
        report=is_report,
        follows=follows or (old.follows if old else None),
        source=first.source or source,
        surveys=surveys,
    )
