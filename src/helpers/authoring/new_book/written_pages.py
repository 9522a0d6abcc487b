"""The notebooks of a new book: for each page the cells that an analyst would write first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from keyword import iskeyword

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.authoring.new_book.book_plan import POSITIVE, Plan, Theme, about, tells
from helpers.authoring.new_page import opening_cells, with_cells
from helpers.page.danish import sentence
from helpers.page.markdown import as_text
from helpers.survey.questions import Question
from helpers.survey.scores import Scale

MAIN, APART, PLACES, BACKGROUND, HIDDEN, MEANS = (
    "hovedkonklusioner",
    "skiller-sig-ud",
    "side-om-side",
    "bilag-1-baggrund",
    "bilag-2-skjulte-tal",
    "bilag-3-gennemsnit",
)
DATASET = "real/svar"  # where a new book has its answers, below data/
SCOPES = {PLACES: ", scope: country", APART: ", scope: places"}
AT_ONCE = 6  # points in a cell
FEW = 5  # questions that the places are held side by side on
TAKEN = ("side", "say", "open_page", "municipality", "dataset", "weighting")
SHOWN = 2  # breakdowns of the headline that have a figure of their own


def notebooks(plan: Plan) -> dict[str, NotebookNode]:
    """The notebooks by their slugs."""
    pages = {theme.slug: theme_page(plan, theme) for theme in plan.themes}
    pages[MAIN] = main_page(plan)
    pages[BACKGROUND] = background_page(plan)
    if plan.has_places:
        pages[APART], pages[PLACES] = apart_page(plan), places_page(plan)
    if plan.codebook.scales:
        pages[MEANS] = page(plan, "Bilag 3: Gennemsnit", mean_cells(plan))
    return pages


def page(plan: Plan, title: str, cells: Iterator[NotebookNode]) -> NotebookNode:
    return with_cells([*opening_cells(title, plan.codebook, DATASET), *cells])


def code(*lines: str) -> NotebookNode:
    return new_code_cell("\n".join(lines))


def text(words: str) -> NotebookNode:
    return new_markdown_cell(words)


def name_of(question: Question) -> str:
    """The variable that holds a question's finding."""
    name = (question.battery or question.id).replace("-", "_")
    free = name.isidentifier() and not iskeyword(name) and name not in TAKEN
    return name if free else f"fund_{name}"


def points(lines: Sequence[str]) -> Iterator[NotebookNode]:
    """The points in as many cells as it takes to keep each short."""
    for start in range(0, len(lines), AT_ONCE):
        yield code("side.points(", *lines[start : start + AT_ONCE], ")")


def title_of(question: Question) -> str:
    return as_text(about(question))


def theme_page(plan: Plan, theme: Theme) -> NotebookNode:
    return page(plan, f"Tema {theme.number}: {as_text(theme.title)}", theme_cells(plan, theme))


def theme_cells(plan: Plan, theme: Theme) -> Iterator[NotebookNode]:
    for question in theme.questions:
        name = name_of(question)
        yield text(f"## {title_of(question)}")
        yield code(*found(question), *sentences(question))
        yield code(f"{name}.figure()")
        yield code(f"{name}.table()")
        if tells(question) and plan.by:
            yield from group_cells(plan, question)
    yield code("side.tell(say.method())")


def found(question: Question) -> list[str]:
    verb = "battery" if question.battery else "finding"
    return [f'{name_of(question)} = side.{verb}("{question.battery or question.id}")']


def sentences(question: Question) -> list[str]:
    """What is told of a question under its heading."""
    name = name_of(question)
    if question.battery:
        return [f"side.points(*say.statements({name}))"]
    if question.type == "multiple":
        return [f'side.tell(say.top({name}, "Oftest nævnes {{svar}}.", n=3))']
    if not tells(question):
        return [f"side.tell(say.most_common({name}))"]
    told = (
        f'answered({name}, "{POSITIVE}")',
        f'country({name}, "{POSITIVE}")',
        f"most_common({name})",
    )
    return ["side.tell(", *(f"    say.{one}," for one in told), ")"]


def group_cells(plan: Plan, question: Question) -> Iterator[NotebookNode]:
    """How the groups differ; of the headline with figures too."""
    name, several = name_of(question), ", ".join(f'"{by}"' for by in plan.by)
    by = f"({several},)" if len(plan.by) == 1 else f"({several})"
    findings = f'side.findings("{question.id}", by={by})'
    yield code(f'side.tell(say.across({findings}, "{POSITIVE}"))')
    if question is not plan.headline:
        return
    for one in plan.by[:SHOWN]:
        yield text(f"### {as_text(plan.codebook.breakdown(one).title)}")
        yield code(
            f'{name}_efter_{one} = side.finding("{question.id}", by="{one}")',
            f"{name}_efter_{one}.figure()",
        )
        yield code(f"{name}_efter_{one}.table()")


def main_page(plan: Plan) -> NotebookNode:
    return page(plan, "Hovedkonklusioner", main_cells(plan))


def main_cells(plan: Plan) -> Iterator[NotebookNode]:
    """The headline first, then what each theme found."""
    yield text(
        "Siden samler det vigtigste. Hver sætning er regnet ud af de samme tal som figurerne, og "
        "under hvert afsnit fører et link til den side, hvor figurer og tabeller står."
    )
    for theme in plan.themes:
        yield text(f"## {as_text(theme.title)}")
        yield from points([in_short(question) for question in theme.questions])
        yield text(f"Læs mere i [Tema {theme.number}: {as_text(theme.title)}]({theme.slug}.ipynb).")
    yield code("side.tell(say.method())")


def in_short(question: Question) -> str:
    """A question's point among the main conclusions."""
    return f"    say.in_short({found(question)[0].partition(' = ')[2]}),"


def background_page(plan: Plan) -> NotebookNode:
    return page(plan, "Bilag 1: Hvem der har svaret", background_cells(plan))


def background_cells(plan: Plan) -> Iterator[NotebookNode]:
    """Each background question, against those who were asked where that is known; then what the
    silent could change."""
    yield text(
        "Bilaget viser, hvem der har svaret. En gruppes andel af svarene er også dens vægt i "
        "bogens tal."
    )
    yield code("side.tell(side.taking_part())")
    for question in plan.background:
        name = name_of(question)
        yield text(f"## {title_of(question)}")
        yield code(*found(question), *sentences(question))
        yield code(f"{name}.figure()")
        yield code(f"{name}.table()")
        yield code(
            f'{name}_i_stikproeven = side.representation("{question.id}")',
            f"side.tell({name}_i_stikproeven.tell(",
            *beside_the_sample(plan),
            "))",
        )
        yield code(f"{name}_i_stikproeven.table()")
    if plan.telling:
        yield text(
            "## De, der ikke svarede\n\n"
            "Intervallerne i bogen siger, hvor meget tilfældet kan flytte et tal. De siger "
            "intet om dem, der fik skemaet og ikke svarede: Er de anderledes, er tallet for alle "
            "det også."
        )
        lines = map(turning_line, plan.telling[:FEW])
        yield code("side.turning_points(", *lines, "    folded=False,", ")")
    yield code("side.tell(say.method())")


def beside_the_sample(plan: Plan) -> list[str]:
    """What is said of the sample, which is that of all editions under one; nothing where nobody
    knows it, which the page says once."""
    if not plan.has_places:
        return ['    unknown="",']
    where = sentence(plan.codebook.places.in_whole)
    return [
        f'    over="{where} fylder {{grupper}} mere blandt besvarelserne end i stikprøven.",',
        f'    alike="{where} fordeler besvarelserne sig omtrent som stikprøven.",',
        '    unknown="",',
    ]


def turning_line(question: Question) -> str:
    title = title_of(question).replace("\\", "").replace('"', "'")
    return f'    side.finding("{question.id}").line("{title}", "{POSITIVE}"),'


def apart_page(plan: Plan) -> NotebookNode:
    """Where one of the places differs from the others."""
    places = plan.codebook.places
    cells = [
        text(
            f"Her står {places.definite}s svar ved siden af alles. De sikre forskelle står "
            "øverst, så det, der er omtrent ens, det, der ikke kan afgøres, og de skjulte andele."
        ),
        code("forskelle = side.differences()", "side.points(*forskelle.tell())"),
        code("forskelle.figure()"),
        code("forskelle.table()"),
        code("side.tell(say.method())"),
    ]
    return page(plan, f"Hvor skiller {places.definite} sig ud?", iter(cells))


def places_page(plan: Plan) -> NotebookNode:
    named = plan.codebook.places.definite_plural.capitalize()
    return page(plan, f"{named} ved siden af hinanden", places_cells(plan))


def places_cells(plan: Plan) -> Iterator[NotebookNode]:
    places = plan.codebook.places
    yield text(
        f"Her står {places.definite_plural} ved siden af hinanden "
        "i alfabetisk orden. Under »Plads« i tabellerne står, mellem hvilke numre hver af dem "
        "ligger, når usikkerheden er regnet med.\n\n"
        f"Figuren er en tragt. Hvert mærke er {places.one}: Jo længere til højre, jo flere svar er "
        f"der, og højden er andelen. Linjen er {places.whole}, og kurverne viser, hvor langt "
        "tilfældet alene let kan flytte et mærke. En trekant ligger med sikkerhed over eller under "
        f"{places.whole}."
    )
    for question in plan.telling[:FEW]:
        name = f"{name_of(question)}_alle"
        label = as_text(question.combined[POSITIVE].label)
        yield text(f"## {title_of(question)}\n\nAndelen, der har svaret »{label}«.")
        yield code(
            f'{name} = side.municipalities("{question.id}", "{POSITIVE}")',
            f"side.tell({name}.tell())",
        )
        yield code(f"{name}.figure()")
        yield code(f"{name}.table()")
    if plan.codebook.scales:
        yield text(f"## Gennemsnit: {as_text(plan.codebook.scales[0].short)}")
        first, by = plan.codebook.scales[0].id, plan.codebook.by_place.id
        yield code(f'gennemsnit = side.means("{first}", by="{by}")', "gennemsnit.figure()")
        yield code("gennemsnit.table()")
    yield code("side.tell(say.method())")


def mean_cells(plan: Plan) -> Iterator[NotebookNode]:
    """The means of what has points in the codebook, and the first of them by groups."""
    yield text(
        "Svar på en skala kan regnes om til point og samles i ét gennemsnit, som er let at følge "
        "fra måling til måling. Det samme gennemsnit kan være vidt forskellige svar; derfor står "
        "fordelingen ved siden af."
    )
    scales = plan.codebook.scales
    for start in range(0, len(scales), AT_ONCE):
        yield from means_told(f"gennemsnit_{start // AT_ONCE + 1}", scales[start : start + AT_ONCE])
    for by in plan.by[:SHOWN]:
        yield text(f"## {as_text(scales[0].short)}, {as_text(plan.codebook.breakdown(by).title)}")
        yield from means_told(f"efter_{by}", scales[:1], by)


def means_told(name: str, scales: Sequence[Scale], by: str = "") -> Iterator[NotebookNode]:
    """Some means' sentences, figure and table."""
    ids = ", ".join(f'"{scale.id}"' for scale in scales)
    grouped = f', by="{by}"' if by else ""
    yield code(f"{name} = side.means({ids}{grouped})", f"side.tell(side.told_means({name}))")
    yield code(f"{name}.figure()")
    yield code(f"{name}.table()")


def slugs(pages: Sequence[str], plan: Plan) -> list[str]:
    """The results' pages in reading order."""
    themes = [theme.slug for theme in plan.themes]
    return [name for name in (MAIN, *themes, APART, PLACES) if name in pages]
