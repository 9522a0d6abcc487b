"""From a dataset to a site: run the pages, bind the books, put them on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from helpers.disclosure.opening import open_rounds
from helpers.disclosure.release import stored
from helpers.paths import STANDARD
from helpers.press.bind.binding import Book, bind, book_key, is_bound, made_of
from helpers.press.bind.browser import MISSING, find_browser
from helpers.press.bind.downloads import downloads_key, is_made, load_writers, make_downloads
from helpers.press.bind.front import numbers_key
from helpers.press.bind.pdf import is_printed, make_pdf, pdf_key
from helpers.press.bind.shelving import (
    carry_out,
    explorer_key,
    is_explorer_made,
    make_explorer,
    make_pages,
    make_ready,
)
from helpers.press.bind.site import check_output, publish, untouched
from helpers.press.build_lock import in_turn
from helpers.press.leftovers import sweep
from helpers.press.material import Material, load_material
from helpers.press.outline import Page, load_outline, source_of
from helpers.press.project import Project
from helpers.press.run.cluster import Cluster
from helpers.press.run.execution import PageRun, compare, open_estimates, run_page
from helpers.press.run.files_read import Present, places_of
from helpers.press.run.fingerprint import digest
from helpers.press.run.job import Terms
from helpers.press.run.keys import drawer_key, is_current, page_key, shared_key, source_keys
from helpers.press.run.pool import Pool, default_jobs
from helpers.press.unchanged import keep, site_key, wanted
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.editions import slug

Workers = Pool | Cluster
# opens a progress bar for a step of so many parts; what it returns is called as they get done
Step = Callable[[str, int], Callable[..., None]]

# books that a process binds one after the other (the first takes a third longer than the others),
# or editions that it compares
TOGETHER = 7


def build(
    municipalities: Iterable[str | int] | None = None,
    dataset: str | Path = STANDARD,
    output: Path | None = None,
    jobs: int | None = None,
    only: Iterable[str] | None = None,
    progress: bool = True,
    project: Project = Project(),
    downloads: bool = True,
    weighting: str = UNWEIGHTED,
    cluster: str | None = None,
) -> Path:
    """Builds the site and returns its front page.

    `municipalities` names the editions that the site is to hold ("Hele landet" included); None is
    all of them. `only` cuts the books down to some pages. Without `downloads` the site has no
    workbooks, decks, figure files and PDFs. `weighting` is "uden" or "stikproeve" (shares weighted
    to the sample). `cluster` is the address of a Dask cluster to work on. Raises UserError for bad
    input or a failing page; the site that was in `output` is then untouched.
    """
    output = Path(output) if output else project.site
    check_output(output)
    before = site_key(wanted(municipalities, dataset, only, downloads, weighting), project)
    outline = load_outline(project)
    outline = outline.only(tuple(only)) if only else outline
    material = load_material(dataset, weighting=weighting)
    books = [
        Book(
            subject,
            outline.for_edition(subject.edition.is_country, material.has),
            project.books / subject.edition.address,
        )
        for subject in material.chosen(municipalities)
    ]
    pool: Workers = Cluster(cluster, project.root) if cluster else Pool(jobs or default_jobs())
    browser = find_browser() if downloads else None
    with untouched(), in_turn(project), steps(progress) as step:
        shared = shared_by(project, material)
        run_books(books, project, material, shared, pool, step)
        bind_books(books, project, material, pool, step)
        if downloads:
            make_all_downloads(books, project, material, shared, browser, pool, step)
        make_all_ready(books, project, material, shared, downloads, pool, step)
        front = publish(books, material, project, output)
        keep(before, project, output)
        sweep(project, [subject.edition.address for subject in material.subjects])
    if downloads and browser is None:
        Console(stderr=True).print(MISSING, soft_wrap=True)
    return front


@dataclass(frozen=True)
class Shared:
    """What all work on a dataset shares: its part of every key, and how the files that were read
    look now."""

    key: str
    present: Present


def shared_by(project: Project, material: Material) -> Shared:
    """What all work on the material shares, as it is now."""
    places = places_of(project, *material.earlier, material.folder)
    return Shared(shared_key(project, places, open_rounds(material.dataset)), Present(places))


def run_books(
    books: list[Book],
    project: Project,
    material: Material,
    shared: Shared,
    pool: Workers,
    step: Step,
) -> None:
    """Runs every notebook of the books whose finished page is missing or out of date."""
    pages = [
        (book, page) for book in books for page in book.outline.pages if page.source == "notebook"
    ]
    written = source_keys({source_of(page, project) for _, page in pages})
    drawer = drawer_key(project)
    runs = [
        page_run(book, page, project, material, shared.key, written, drawer) for book, page in pages
    ]
    done = step("Kører sider", len(runs))
    waiting = [run for run in runs if not is_current(run.target, run.key, shared.present)]
    done(len(runs) - len(waiting))
    if material.weighting == UNWEIGHTED:
        compare_groups({run.municipality for run in waiting}, material, pool, step)
    limit = project.page_limit
    pool.each(
        run_page,
        waiting,
        done,
        before=open_estimates,
        terms=lambda run: Terms(run.name, limit),
    )


def compare_groups(editions: set[str], material: Material, pool: Workers, step: Step) -> None:
    """Works out which groups differ, for those of the editions for which it is not known: once, and
    not in every page."""
    dataset = open_rounds(material.dataset)[-1]
    files = stored(dataset, dataset.main)
    waiting = [
        (dataset, dataset.main, slug(name))
        for name in sorted(editions)
        if not files.comparisons(slug(name)).is_file()
    ]
    if waiting:
        pool.each(compare, waiting, step("Sammenligner grupper", len(waiting)), together=TOGETHER)


def page_run(
    book: Book,
    page: Page,
    project: Project,
    material: Material,
    shared: str,
    written: dict[Path, str],
    drawer: str,
) -> PageRun:
    notebook = source_of(page, project)
    name = book.subject.edition.name
    return PageRun(
        page.slug,
        notebook,
        name,
        material.dataset,
        project.executed / book.slug / page.file_name,
        page_key(written[notebook], name, shared, material.weighting),
        weighting=material.weighting,
        drawer=drawer,
    )


def bind_books(
    books: list[Book], project: Project, material: Material, pool: Workers, step: Step
) -> None:
    """Binds every book whose pages, settings or styles have changed."""
    done = step("Binder bøger", len(books))
    maker = made_of(material)
    shared = digest(maker, numbers_key(material))
    tasks = [(book, project, material, maker, book_key(book, project, shared)) for book in books]
    waiting = [task for task in tasks if not is_bound(task[0], task[-1])]
    done(len(tasks) - len(waiting))
    pool.each(
        bind,
        waiting,
        done,
        together=TOGETHER,
        terms=lambda task: Terms(f"Bogen for {task[0].subject.edition.name}"),
    )


def make_all_downloads(
    books: list[Book],
    project: Project,
    material: Material,
    shared: Shared,
    browser: Path | None,
    pool: Workers,
    step: Step,
) -> None:
    """Makes every book's workbook, deck and figure files and, where there is a browser to print
    with, its PDF; what is current is kept."""
    done = step("Laver filer til at tage med", len(books) * (2 if browser else 1))
    files = [
        (book, project, material, downloads_key(book, project, shared.key, material.weighting))
        for book in books
    ]
    prints = [
        (book, material, browser, pdf_key(book, material, browser)) for book in books if browser
    ]
    waiting = (
        [task for task in files if not is_made(task[0], task[-1], shared.present)],
        [task for task in prints if not is_printed(task[0], task[-1])],
    )
    done(len(files) + len(prints) - len(waiting[0]) - len(waiting[1]))
    pool.each(make_downloads, waiting[0], done, before=load_writers)
    pool.each(make_pdf, waiting[1], done)


def make_all_ready(
    books: list[Book],
    project: Project,
    material: Material,
    shared: Shared,
    downloads: bool,
    pool: Workers,
    step: Step,
) -> None:
    """Makes every book ready for the shelf, the pages beside them, and the explorer if it is out of
    date."""
    key = explorer_key(books, material, shared.key)
    tasks: list[tuple[Callable[..., None], tuple]] = []
    if not is_explorer_made(project, key, shared.present):
        tasks += [(make_explorer, (books, material, project, key))]
    tasks += [(make_ready, (book, books, downloads)) for book in books]
    # last, for the first book is the country's, which takes longest
    tasks += [(make_pages, (books, material, project))]
    pool.each(carry_out, tasks, step("Stiller på hylden", len(tasks)), together=TOGETHER)


@contextmanager
def steps(show: bool) -> Iterator[Step]:
    """Gives a function that opens a progress bar for a step; what that returns is called as the
    work gets done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not show) as bars:

        def step(title: str, total: int) -> Callable[..., None]:
            task = bars.add_task(title, total=total)
            return lambda count=1: bars.advance(task, count)

        yield step


def catalogue(
    dataset: str | Path = STANDARD, project: Project = Project()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What can be built: one row per edition (udgave, mappe, svar), and one row per page (side,
    titel, del, findes i)."""
    material = load_material(dataset)
    editions = pd.DataFrame(
        {
            "udgave": subject.edition.name,
            "mappe": subject.edition.address,
            "svar": subject.respondents,
        }
        for subject in material.subjects
    )
    pages = pd.DataFrame(
        {
            "side": page.slug,
            "titel": page.title,
            "del": part.title,
            "findes i": {
                "every": "alle udgaver",
                "country": material.places.whole_name,
                "places": material.places.plural,
            }[page.scope],
        }
        for part in load_outline(project).parts
        for page in part.chapters
    )
    return editions, pages
