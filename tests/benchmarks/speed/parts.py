"""The measurements of `make bench`, part by part. Each returns rows for a table, and says
which of its targets are met."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import audit_of
from helpers.page.danish import pct
from helpers.paths import BUILD
from helpers.press.project import Project
from helpers.press.run.pool import default_jobs
from helpers.survey.editions import name_of_code, slug
from speed.many_answers import many_answers
from speed.measure import Kept, Measured, timed
from speed.preview_time import copied, write_code, write_prose

WORKER, CITIZENS = ("-m", "speed.worker"), "citizens"
PAGES, PLACE = 12, "Vejle"  # as many times is the same page run for each number of respondents
NOTEBOOKS, EDITIONS = (
    ("tema-1-etablering", "tema-4-tilfredshed", "bilag-1-baggrund"),
    ("Hele landet", "Vejle", "Hjørring", "Esbjerg"),
)
WAYS = {
    "papermill-kommando": "én papermill-kommando pr. notebook",
    "papermill-kommandoer": "én papermill-kommando pr. notebook, så mange ad gangen som kerner",
    "papermill": "én proces, der kalder papermill",
    "ploomber": "ploomber-engine, så mange processer som kerner",
    "engine": "Kontaktbogen (færdige sider, også tegnet smalle)",
    "run": "Kontaktbogen (kun kørslen)",
    "floor": "cellerne alene, én proces",
}
COLD, COUNTED = (
    "hele webstedet koldt, optælling medregnet",
    "heraf optælling af svarene og beskyttelse af små tal",
)
SITE_WAYS = {
    "site-run": "alle webstedets sider kørt",
    "site-floor": "alle webstedets celler alene, én proces",
}


@dataclass(frozen=True)
class Size:
    """How much is measured: the whole, or a sample that shows that everything works."""

    notebooks: tuple[str, ...]
    editions: tuple[str, ...]
    rounds: int
    site: tuple[str, ...] | None  # None: all of the dataset's
    growth: tuple[int, ...]
    respondents: tuple[int, ...]


WHOLE = Size(NOTEBOOKS, EDITIONS, 3, None, (13, 26, 52, 98), (5_800, 580_000, 5_800_000))
QUICK = Size(NOTEBOOKS[:2], EDITIONS[:2], 1, ("Hele landet", "Vejle"), (2, 4), (5_800, 58_000))


@dataclass(frozen=True)
class Row:
    """One line of a part's table; a `target` with its limit is met or not."""

    what: str
    value: float
    unit: str
    memory: float | None = None
    note: str = ""
    limit: float | None = None
    at_most: bool = True

    @property
    def met(self) -> bool | None:
        if self.limit is None:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit


def worker(way: str, *arguments, cold: bool = False, look: bool = True) -> Measured:
    """A way measured in a process of its own; `cold` as where the project has just come and nothing
    is counted yet."""
    with nothing_counted() if cold else nullcontext():
        return timed(*WORKER, way, json.dumps(arguments), look=look)


@contextmanager
def nothing_counted() -> Iterator[None]:
    """Puts the stored estimates aside; afterwards they are back beside what was counted meanwhile,
    also those that a stopped run left aside."""
    folder, aside = BUILD / "estimates", BUILD / "estimates-lagt-til-side"
    move_into(aside, folder)
    try:
        yield
    finally:
        move_into(folder, aside)


def move_into(target: Path, folder: Path) -> None:
    """Moves what is in a folder to another, in the place of what has the same name there."""
    target.mkdir(parents=True, exist_ok=True)
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        if (there := target / path.name).is_dir():
            shutil.rmtree(there)
        path.replace(there)
    shutil.rmtree(folder, ignore_errors=True)


def ways(kept: Kept, size: Size, folder: Path) -> list[Row]:
    """Seconds per notebook in each way, interleaved, on the sample; the stock ways with their
    kernels and imports, as they are used."""
    project = Project()
    tasks = [
        (str(project.notebooks / f"{name}.ipynb"), edition)
        for name in size.notebooks
        for edition in size.editions
    ]
    present = [way for way in WAYS if way != "ploomber" or find_spec("ploomber_engine")]
    worker("compared", size.editions, "synthetic")  # what every way finds there

    def measure(way: str, look: bool) -> Measured:
        match way:
            case "papermill-kommando":
                return by_commands(tasks, folder)
            case "papermill-kommandoer":
                return side_by_side(lambda some: by_commands(some, folder), tasks)
            case "ploomber":
                return side_by_side(lambda some: worker(way, some, look=look), tasks)
        return worker(way, tasks, look=look)

    best = by_turns(kept, size, {WAYS[way]: partial(measure, way) for way in present})
    return [
        Row(name, one.said["inner"] / len(tasks), "s pr. notebook", one.memory)
        for name, one in best.items()
    ]


def by_turns(
    kept: Kept, size: Size, ways: dict[str, Callable[..., Measured]]
) -> dict[str, Measured]:
    """The round of each way that took the shortest time of its own, with the most memory of any.
    The ways take turns; the first round is looked at, and the others are left in peace."""
    took: dict[str, list[Measured]] = {name: [] for name in ways}
    for number in range(size.rounds):
        for name, measure in ways.items():
            took[name].append(
                kept.get(f"{name}, omgang {number + 1}", partial(measure, look=number == 0))
            )
    return {
        name: replace(
            min(found, key=lambda one: one.said["inner"]), memory=max(one.memory for one in found)
        )
        for name, found in took.items()
    }


def side_by_side(measure: Callable[[list], Measured], tasks: list[tuple[str, str]]) -> Measured:
    """The tasks dealt to as many processes as there are cores, all at once."""
    cores = default_jobs()
    began = time.monotonic()
    with ThreadPoolExecutor(cores) as threads:
        parts = list(threads.map(measure, [tasks[core::cores] for core in range(cores)]))
    took = time.monotonic() - began
    return Measured(took, sum(part.memory for part in parts), {"inner": took})


def made(folder: Path) -> Path:
    """The folder, which is there now."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def by_commands(tasks: list[tuple[str, str]], folder: Path) -> Measured:
    """One papermill command per notebook, one after the other."""
    folder = Path(tempfile.mkdtemp(dir=made(folder)))
    each = [
        timed(
            "-m",
            "papermill",
            path,
            str(folder / "ud.ipynb"),
            "-p",
            "municipality",
            edition,
            "--no-progress-bar",
            folder=Path(path).parent,
        )
        for path, edition in tasks
    ]
    took = sum(one.seconds for one in each)
    return Measured(took, max(one.memory for one in each), {"inner": took})


def kernel(kept: Kept, size: Size, folder: Path) -> list[Row]:
    """What running costs when there is nothing to run."""
    names = {"en Jupyter-kerne, tom notebook": None, "Kontaktbogens motor, tom notebook": "warm"}
    return [
        Row(name, kept.get(name, partial(worker, "empty", engine)).said["inner"], "s")
        for name, engine in names.items()
    ]


def site(kept: Kept, size: Size, folder: Path) -> list[Row]:
    """Builds of the whole site, without files to take away as the stock ways make none: cold,
    unchanged, and after each kind of change.

    A cold build begins with the answers alone, and counts them too; nothing is taken off for that
    on either side of a comparison."""
    root, chosen = folder / "websted", list(size.site) if size.site else None

    def build(
        name: str,
        prepare: Callable[[Project], object] = lambda project: None,
        way: str = "site",
        downloads: bool = False,
        cold: bool = False,
    ) -> Measured:
        def measure() -> Measured:
            prepare(Project(root))
            return worker(way, str(root), chosen, "synthetic", downloads, cold=cold)

        return kept.get(f"websted: {name}", measure)

    counted = kept.get("optælling", lambda: worker("release", "synthetic", cold=True))
    worker("compared", chosen, "synthetic")
    executed, floor = by_turns(
        kept, size, {name: partial(worker, way, chosen) for way, name in SITE_WAYS.items()}
    ).values()
    cold = build("koldt", lambda project: anew(root), cold=True)
    unchanged = build("uændret", way="unchanged")
    text = build(
        "én sætning rettet",
        lambda project: write_prose(project.book / "introduktion.md", "En ny sætning"),
    )
    notebook = build(
        "én notebook rettet",
        lambda project: write_code(project.notebooks / "tema-4-tilfredshed.ipynb", "En ny sætning"),
    )
    added = build("én kommune mere", without_last)
    taken = build("filer til at tage med", downloads=True)
    renewed = build(
        "én notebook rettet, med filer til at tage med",
        downloads=True,
        prepare=lambda project: write_code(
            project.notebooks / "tema-4-tilfredshed.ipynb", "Endnu en sætning"
        ),
    )
    share = floor.said["inner"] / default_jobs()
    return [
        Row("alle sider kørt", executed.said["inner"], "s", executed.memory),
        Row("deres celler alene, én proces", floor.said["inner"], "s", floor.memory),
        Row(
            "kørsel mod cellerne alene delt med kerner",
            executed.said["inner"] / share,
            "gange",
            limit=1.25,
        ),
        Row(COLD, cold.seconds, "s", cold.memory),
        Row(COUNTED, counted.said["inner"], "s"),
        Row("én sætning i book/ rettet", text.seconds, "s"),
        Row("sider kørt for sætningen", text.said["runs"], "sider", limit=0),
        Row("én notebook rettet", notebook.seconds, "s"),
        Row("én kommune lagt til", added.seconds, "s"),
        Row("uændret", unchanged.seconds, "s", limit=2.0),
        Row("Excel, PowerPoint, figurfiler og PDF oveni", taken.seconds, "s", taken.memory),
        Row(
            "én notebook rettet mod koldt", notebook.seconds / cold.seconds, "af koldt", limit=1 / 6
        ),
        Row(
            "én notebook rettet mod koldt uden optælling",
            notebook.seconds / (cold.seconds - counted.said["inner"]),
            "af koldt",
        ),
        Row(
            "én notebook rettet mod koldt, når filerne til at tage med laves i begge",
            renewed.seconds / (cold.seconds + taken.seconds),
            "af koldt",
        ),
    ]


def without_last(project: Project) -> None:
    """Takes away what was made for the last edition, so that the next build adds a municipality."""
    for folder in (project.executed, project.books):
        shutil.rmtree(sorted(folder.iterdir())[-1])


def anew(root: Path) -> None:
    """An empty project folder with the project's own sources."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    copied(Project(), root)


def growth(kept: Kept, size: Size, folder: Path) -> list[Row]:
    """Cold builds of ever more editions of one invented dataset, without downloads: seconds per
    edition, and memory.

    The books have the sample's pages only, which every edition has: those of the whole country
    alone would weigh most on a short shelf.
    """
    dataset = many_answers(folder / "svar-98", 5_800 * 98 // 12, 98)
    names = ["Hele landet", *sorted(name_of_code().values())]
    worker("release", str(dataset))
    rows = []

    def measure(count: int) -> Measured:
        anew(folder / "vaekst")
        return worker(
            "site", str(folder / "vaekst"), names[:count], str(dataset), False, size.notebooks
        )

    for count in size.growth:
        found = kept.get(f"vækst: {count} udgaver", partial(measure, count))
        rows.append(
            Row(
                f"{count} udgaver, bøger af {len(size.notebooks)} sider",
                found.seconds / count,
                "s pr. udgave",
                found.memory,
            )
        )
    ends = f"{size.growth[-1]} udgaver mod {size.growth[0]}"
    return [
        *rows,
        Row(f"{ends}, pr. udgave", rows[-1].value / rows[0].value, "gange", limit=1.15),
        Row(f"{ends}, hukommelse", rows[-1].memory / rows[0].memory, "gange", limit=1.15),
    ]


def respondents(kept: Kept, size: Size, folder: Path) -> list[Row]:
    """Tabulation and release of all 98 municipalities' editions for ever more respondents, and a
    page of each, beside one of the reports' own number."""
    rows, memory, made = [], [], {}
    for count in size.respondents:
        dataset = str(many_answers(folder / f"svar-{count}", count, 98))
        found = kept.get(f"tal for {count} svar", partial(worker, "release", dataset, cold=True))
        groups = kept.get(
            f"sammenligninger af {count} svar", partial(worker, "compared", None, dataset)
        )
        largest = count == WHOLE.respondents[-1]
        if largest:
            memory = [
                Row(f"{count} svar: hukommelse", found.memory / 1000, "GB", limit=8 * 1.073741824),
                Row(
                    f"{count} svar: sammenligning af grupper i alle udgaver",
                    groups.said["inner"],
                    "s",
                    groups.memory,
                ),
            ]
        rows.append(
            Row(
                f"{count} svar: optælling og frigivelse",
                found.seconds,
                "s",
                found.memory,
                limit=120 if largest else None,
            )
        )
        made[f"{count} svar i 98 kommuner"] = dataset
    return [*rows, *memory, *pages_of_many(kept, size, made)]


def pages_of_many(kept: Kept, size: Size, made: dict[str, str]) -> list[Row]:
    """The same page of each dataset. Where few answers are shared among many municipalities most
    numbers are hidden, and a page that shows less takes less time; what a page is held against is
    therefore one of the reports' answers, which are as few and in as few places as they were."""
    own = f"{len(open_dataset('synthetic').answers(CITIZENS))} svar i rapportens kommuner"
    datasets = {own: "synthetic", **made}
    for dataset in datasets.values():
        worker("compared", [PLACE], dataset)
    tasks = [(str(Project().notebooks / f"{NOTEBOOKS[1]}.ipynb"), PLACE)] * PAGES
    best = by_turns(
        kept,
        size,
        {
            f"{name}: {PAGES} sider, {PLACE}": partial(worker, "engine", tasks, dataset)
            for name, dataset in datasets.items()
        },
    )
    audits = [
        audit_of(open_dataset(dataset), CITIZENS).of((slug(PLACE),))
        for dataset in datasets.values()
    ]
    hidden = [audit.share(audit.hidden) for audit in audits]
    rows = [
        Row(name, one.said["inner"], "s", note=f"{pct(share)} af tallene skjult")
        for (name, one), share in zip(best.items(), hidden)
    ]
    return [
        *rows,
        Row(
            f"side af {list(datasets)[-1]} mod {own}",
            rows[-1].value / rows[0].value,
            "gange",
            limit=1.15,
        ),
    ]


PARTS: dict[str, Callable[[Kept, Size, Path], list[Row]]] = {
    "kernel": kernel,
    "ways": ways,
    "site": site,
    "growth": growth,
    "respondents": respondents,
}
