"""Each kind of equation by itself: what somebody who knows some numbers knows of another.

First, equations as a reader of the questionnaire would write them: the attack has to draw the same
conclusion. Then invented surveys in which one kind alone gives away what somebody in a small group
answered: the attack has to see it, and what is published must not let it be worked out.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.disclosure.attack import EVERYBODY, EXACT, NOBODY, ONE_LEFT
from helpers.disclosure.bounds import Bounds, Shares, tightened
from helpers.disclosure.equations import equations_of
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.precision import WHOLE
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import Exact, Rules
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import tabulate

PEOPLE = 1_000  # as many answered, and nothing else is known of a number that is not named
NO_SHARES = Shares(*[np.zeros(0, dtype=np.int64)] * 5)
SELF, STAFF = "Det gjorde jeg selv", "Det gjorde en medarbejder fra jobcenteret"
BOTH = "Jeg har selv taget kontakt, men det har medarbejderen fra jobcenteret også"
PHONE, OTHER = "Via telefon", "Anden form for kontakt"
WRITTEN = "Via mail, sms, brev eller anden skriftlig kommunikation"
VIDEO = "Via video (fx Skype, Facetime, Zoom eller Teams)"
MEETING = "Via fysisk møde udenfor jobcenteret"
GLAD = "Positiv eller overvejende positiv"
ILL, BEFORE = "6.6 - Sygedagpengemodtager", "Før d. 12. marts 2020"


def of(question, answer="", by="", group=""):
    """The cell of an answer; of the base without one."""
    return question, by, group, answer


def known_of(equations, known):
    """Bounds by which some cells are known and nothing else."""
    size = len(equations.people), 1
    least, most = np.zeros(size), np.full(size, float(PEOPLE))
    for cell, count in known.items():
        least[equations.cell[cell]] = most[equations.cell[cell]] = count
    return Bounds(least, most)


def follows(equations, known, cell, edition=0, shares=NO_SHARES):
    """The least and the most that a cell of an edition can be."""
    here = replace(equations, exact=equations.exact[:, [edition]])
    found = tightened(here, known_of(equations, known), shares)
    return tuple(int(side[equations.cell[cell], 0]) for side in (found.least, found.most))


@pytest.fixture(scope="module")
def asked():
    """The citizens' questionnaire and the synthetic answers."""
    dataset = open_dataset("synthetic")
    return dataset.codebook("citizens"), dataset.answers("citizens")


@pytest.fixture(scope="module")
def equations(asked):
    return equations_of(questionnaire_of(*asked))


def case(name, known, cell, least, most):
    return pytest.param(known, cell, (least, most), id=name)


def groups(question, answer, by, *counts):
    """What is known of an answer in groups, and of its total (the group without a name)."""
    return {of(question, answer, by if group else "", group): count for group, count in counts}


UNHAPPY = "tilfredshed", "Utilfreds"
ADDING_UP = [
    case(
        "answers make up their base",
        {
            of("initiativ"): 20,
            of("initiativ", SELF): 5,
            of("initiativ", STAFF): 6,
            of("initiativ", BOTH): 7,
        },
        of("initiativ", "Ved ikke"),
        2,
        2,
    ),
    case(
        "a base is its answers",
        {of("accept", "Ja"): 4, of("accept", "Nej"): 3, of("accept", "Ved ikke"): 2},
        of("accept"),
        9,
        9,
    ),
    case(
        "a combined answer is its options",
        {
            of("hyppighed", "To eller flere gange"): 7,
            of("hyppighed", "Ja, fire gange eller flere"): 3,
        },
        of("hyppighed", "Ja, to eller tre gange"),
        4,
        4,
    ),
    case(
        "groups make up the total",
        groups(*UNHAPPY, "koen", ("", 9), ("Mand", 3), ("Andet", 1)),
        of(*UNHAPPY, "koen", "Kvinde"),
        5,
        5,
    ),
    case(
        "groups of several options make up the total",
        groups(
            *UNHAPPY,
            "alder",
            ("", 9),
            ("18-29 år", 4),
            ("30-39 år", 3),
            ("40-49 år", 0),
            ("50-59 år", 0),
        ),
        of(*UNHAPPY, "alder", "60 år og derover"),
        2,
        2,
    ),
    case(
        "groups make up the total though some of them imply something",
        groups(
            *UNHAPPY,
            "varighed",
            ("", 9),
            ("0-3 mdr.", 1),
            ("3-6 mdr.", 1),
            ("6-12 mdr.", 1),
            ("1-2 år", 1),
            ("2-3 år", 1),
        ),
        of(*UNHAPPY, "varighed", "Mere end 3 år"),
        4,
        4,
    ),
    case(
        "variants divide the respondents, and those whom none asks add up",
        # so 6 men on another benefit
        {
            of("maalgruppe", "Anden ydelse"): 8,
            **groups("tilfredshed", "", "koen", ("Mand", 30), ("Kvinde", 20), ("Andet", 0)),
            **groups("emner_ledige", "", "koen", ("Mand", 10), ("Kvinde", 8)),
            **groups("emner_syge", "", "koen", ("Mand", 6), ("Kvinde", 5)),
            **groups("emner_aktivitetsparate", "", "koen", ("Mand", 5), ("Kvinde", 3)),
            **groups("emner_uddannelse", "", "koen", ("Mand", 3)),
        },
        of("emner_uddannelse", "", "koen", "Kvinde"),
        2,
        2,
    ),
    case(
        "a filter is its parts",
        {of("interesse"): 30, of("initiativ", SELF): 10, of("modtagelse", GLAD): 15},
        of("accept", "Ja"),
        5,
        5,
    ),
]
ROUTING = [
    case(
        "whom an answer leads on is who gave it",
        groups("accept", "Nej", "koen", ("Mand", 9)),
        of("afslag", "", "koen", "Mand"),
        9,
        9,
    ),
    case(
        "whom a box leads on is who ticked it",
        groups("kanal", PHONE, "koen", ("Mand", 9)),
        of("telefon", "", "koen", "Mand"),
        9,
        9,
    ),
    case(
        "who was led on gave one of the answers that lead on",
        {of("modtagelse"): 13, of("initiativ", STAFF): 6},
        of("initiativ", BOTH),
        7,
        7,
    ),
    case(
        "who was led on by a breakdown is in one of its groups",
        {of("anderledes", "Slet ikke"): 9},
        of("anderledes", "Slet ikke", "foerste_dag", BEFORE),
        9,
        9,
    ),
    case(
        "whom a variant asks is a group of the respondents",
        groups("tilfredshed", "", "maalgruppe", (ILL, 9)),
        of("emner_syge"),
        9,
        9,
    ),
    case(
        "what an answer implies",
        groups(*UNHAPPY, "foerste_dag", (BEFORE, 3)),
        of(*UNHAPPY, "varighed", "1-2 år"),
        0,
        3,
    ),
]
BOXES = [
    case("a box is at most its base", {of("fordele"): 7}, of("fordele", "Andet"), 0, 7),
    case("a base is at least each box", {of("fordele", "Andet"): 7}, of("fordele"), 7, PEOPLE),
    case(
        "who was asked ticked a box",
        {
            of("kanal"): 10,
            of("kanal", PHONE): 3,
            of("kanal", WRITTEN): 2,
            of("kanal", VIDEO): 1,
            of("kanal", MEETING): 0,
            of("kanal", OTHER): 0,
        },
        of("kanal", "Ved ikke"),
        4,
        7,
    ),
    case(
        "don't know stands alone",
        {of("ulemper"): 10, of("ulemper", "Ved ikke"): 8},
        of("ulemper", "Andet"),
        0,
        2,
    ),
]


@pytest.mark.parametrize(("known", "cell", "bounds"), [*ADDING_UP, *ROUTING, *BOXES])
def test_what_follows_from_the_citizens_questionnaire(equations, known, cell, bounds):
    assert follows(equations, known, cell) == bounds


def test_of_a_filter_whose_parts_overlap_only_bounds_follow(asked):
    """It is at most its parts together and at least each of them."""
    parts = of("initiativ", SELF), of("modtagelse", GLAD), of("accept", "Ja")
    overlapping = equations_of(replace(questionnaire_of(*asked), disjoint=frozenset()))
    known = {of("interesse"): 30, parts[0]: 10, parts[1]: 15}
    assert follows(overlapping, known, parts[2]) == (5, 30)
    assert follows(overlapping, dict(zip(parts, (10, 15, 5))), of("interesse")) == (15, 30)


def test_all_who_were_asked_answered_only_where_nobody_left_it_out(asked):
    """One on sickness benefit in Vejle does not say what the contact was about."""
    codebook, answers = asked[0], asked[1].copy()
    somebody = answers.index[(answers["kommune"] == "Vejle") & (answers["maalgruppe"] == ILL)][0]
    answers.loc[somebody, list(codebook.question("emner_syge").columns)] = pd.NA
    questionnaire = questionnaire_of(codebook, answers)
    equations, group = equations_of(questionnaire), of("tilfredshed", "", "maalgruppe", ILL)
    edition = questionnaire.editions.index
    for place, least in (("hele-landet", 0), ("vejle", 0), ("albertslund", 9)):
        assert follows(equations, {group: 9}, of("emner_syge"), edition(place)) == (least, 9)
    assert follows(equations, {of("emner_syge"): 9}, group, edition("vejle")) == (9, PEOPLE)


@pytest.mark.parametrize(
    ("known", "bounds"),
    [
        (([9, 3, 2, 0], [9, 3, 2, PEOPLE]), ([9, 3, 2, 4], [9, 3, 2, 4])),
        (([0, 1, 1, 1], [PEOPLE, 2, 2, 2]), ([3, 1, 1, 1], [6, 2, 2, 2])),
    ],
)
def test_municipalities_make_up_the_country(equations, known, bounds):
    """The country first, and three municipalities."""
    number, size = equations.cell[of(*UNHAPPY)], (len(equations.people), 4)
    start = Bounds(np.zeros(size), np.full(size, float(PEOPLE)))
    start.least[number], start.most[number] = known
    found = tightened(replace(equations, exact=equations.exact[:, :4]), start, NO_SHARES)
    assert (found.least[number].tolist(), found.most[number].tolist()) == bounds


@pytest.mark.parametrize(
    ("known", "share", "cell", "bounds"),
    [
        ({of("tilfredshed"): 21}, (0.1, 0.2), of(*UNHAPPY), (3, 4)),  # 2.1 to 4.2
        ({of("tilfredshed"): 20}, (0.1, 0.2), of(*UNHAPPY), (2, 3)),  # 4 are not below 20 per cent
        ({of("tilfredshed"): 5}, (0.8, 1), of(*UNHAPPY), (4, 5)),  # all are in the topmost class
        ({of(*UNHAPPY): 3}, (0.1, 0.2), of("tilfredshed"), (16, 30)),
    ],
)
def test_a_share_ties_its_count_to_its_base(equations, known, share, cell, bounds):
    places = [0, equations.cell[of(*UNHAPPY)], equations.cell[of("tilfredshed")]]
    ends = [round(end * WHOLE) for end in share]
    published = Shares(*(np.array([value]) for value in (*places, *ends)))
    assert follows(equations, known, cell, shares=published) == bounds


# ---- Invented surveys: all but small groups is told as it is, or nearly --------------------------

SCOPES = "country", "totals", "groups"
RULES = Rules(
    minimum_base=10,
    steps=dict.fromkeys(SCOPES, {10: 0.2}),
    ends=dict.fromkeys(SCOPES, {10: 2}),
    base_to=1,
    nobody_base=100,
    exact=Exact(country_totals=True, background=True),
)


@dataclass(frozen=True)
class Invented:
    """A survey: its questions (id: options, and what else the codebook says), and its people, one
    row for so many of a kind: how many, and their answers in the order of the questions."""

    questions: dict[str, tuple]
    people: tuple[tuple, ...]
    filters: tuple[tuple, ...] = ()  # a name and the parts
    by: tuple[str, ...] = ()
    implies: tuple[tuple, ...] = ()

    def read(self, folder):
        """The codebook, read as any other, and the answers; None is for a question left out."""
        path = folder / "spoergsmaal.yaml"
        path.write_text(yaml.safe_dump(self.written()), encoding="utf-8")
        codebook, columns = load_codebook(path), {}
        given = [row for number, *row in self.people for _ in range(number)]
        for question, answers in zip(codebook.questions, zip(*given, strict=True), strict=True):
            columns |= columns_of(question, answers)
        return codebook, pd.DataFrame(columns)

    def written(self):
        """The codebook as it is written."""
        unit = {"singular": "en", "plural": "flere", "definite_plural": "alle"}
        questions = [
            {
                "id": name,
                "text": name,
                "short": name,
                "type": "single",
                **more,
                "options": list(options),
            }
            for name, (options, more) in self.questions.items()
        ]
        filters = {
            name: {"asked_of": name, "rule": {"any": parts}} for name, *parts in self.filters
        }
        return {
            "survey": "klub",
            "title": "Klub",
            "report": "Ingen",
            "respondents": 1,
            "unit": unit,
            "questions": questions,
            "filters": filters,
            "breakdowns": [{"id": name, "question": name, "title": name} for name in self.by],
            "implications": [{"if": given, "then": then} for given, then in self.implies],
        }


def columns_of(question, given):
    """A question's columns in the table of answers."""
    if question.type != "multiple":
        return {question.id: pd.Categorical(given, question.labels or sorted(set(given)))}
    said = {
        label: [None if boxes is None else label in boxes for boxes in given]
        for label in question.labels
    }
    return {question.column(label): pd.array(said[label], dtype="boolean") for label in said}


def gave(question, *answers):
    """A rule of the codebook: who gave one of the answers."""
    return {"question": question, "answers": list(answers)}


def boxes(*options, **more):
    return options, {"type": "multiple", **more}


def background(*options, **more):
    return options, {"role": "background", **more}


def choir(*options):
    """61 are asked of their garden: 60 who have one, and, so, one of the 5 in the choir, who does
    nothing there; 4 sing."""
    return Invented(
        {
            "hobby": (("Have", "Kor", "Andet"), {}),
            "kor": boxes(*options, dont_know="Intet", asked_if=gave("hobby", "Kor")),
            "have": (("Rose", "Tulipan"), {"asked_if": {"filter": "have"}}),
        },
        (
            (30, "Have", None, "Rose"),
            (30, "Have", None, "Tulipan"),
            (4, "Kor", ["Synger"], None),
            (1, "Kor", ["Intet"], "Rose"),
            (20, "Andet", None, None),
        ),
        filters=(("have", gave("hobby", "Have"), gave("kor", "Intet")),),
    )


# 9 ticked flowers in the north and the south, where 6 and 3 were asked: all of them. In the west
# one left it out, so that nobody can take all for having answered.
LEFT_OUT = Invented(
    {
        "sted": background("Nord", "Syd", "Vest"),
        "medlem": (("Ja", "Nej"), {}),
        "gaver": boxes("Blomst", "Bog", "Vin", asked_if=gave("medlem", "Ja")),
    },
    (
        (3, "Nord", "Ja", ["Blomst"]),
        (3, "Nord", "Ja", ["Blomst", "Bog"]),
        (34, "Nord", "Nej", None),
        (1, "Syd", "Ja", ["Blomst", "Bog"]),
        (2, "Syd", "Ja", ["Blomst", "Vin"]),
        (37, "Syd", "Nej", None),
        (10, "Vest", "Ja", ["Blomst"]),
        (9, "Vest", "Ja", ["Bog", "Vin"]),
        (1, "Vest", "Ja", None),
        (20, "Vest", "Nej", None),
    ),
    by=("sted",),
)

# In the north 20 are asked when they have time, 17 of them at most because of their pension: so 3
# dance what is easy, and that is all who dance. In the south somebody is asked for both reasons.
OVERLAP = Invented(
    {
        "sted": background("Nord", "Syd", "Vest"),
        "hobby": (("Dans", "Andet"), {}),
        "trin": (("Let", "Svært"), {"asked_if": gave("hobby", "Dans")}),
        "pension": (("Ja", "Nej"), {}),
        "tid": (("Dag", "Aften"), {"asked_if": {"filter": "tid"}}),
    },
    (
        (3, "Nord", "Dans", "Let", "Nej", "Dag"),
        (17, "Nord", "Andet", None, "Ja", "Aften"),
        (20, "Nord", "Andet", None, "Nej", None),
        (1, "Syd", "Dans", "Let", "Ja", "Dag"),
        (1, "Syd", "Dans", "Let", "Nej", "Dag"),
        (2, "Syd", "Dans", "Svært", "Nej", None),
        (16, "Syd", "Andet", None, "Ja", "Dag"),
        (20, "Syd", "Andet", None, "Nej", None),
        (10, "Vest", "Dans", "Let", "Nej", "Dag"),
        (10, "Vest", "Dans", "Svært", "Nej", None),
        (10, "Vest", "Andet", None, "Ja", "Aften"),
        (10, "Vest", "Andet", None, "Nej", None),
    ),
    filters=(("tid", gave("trin", "Let"), gave("pension", "Ja")),),
    by=("sted",),
)

# All 30 who are in doubt came late; so none of the 4 members of many years is, who came early.
IMPLIED = Invented(
    {
        "aar": background("0-1", "2-5", "6-"),
        "start": background("Tidligt", "Sent"),
        "glad": (("Ja", "Nej", "Måske"), {}),
    },
    (
        (2, "6-", "Tidligt", "Ja"),
        (2, "6-", "Tidligt", "Nej"),
        (2, "2-5", "Sent", "Måske"),
        (3, "2-5", "Sent", "Ja"),
        (4, "0-1", "Tidligt", "Ja"),
        (4, "0-1", "Tidligt", "Nej"),
        (28, "0-1", "Sent", "Måske"),
        (32, "0-1", "Sent", "Ja"),
        (30, "0-1", "Sent", "Nej"),
    ),
    by=("aar", "start"),
    implies=((gave("aar", "6-"), gave("start", "Tidligt")),),
)

# 63 are glad, 60 of them in two large groups: 3 in the small one.
GROUPS = Invented(
    {
        "type": background("Fast", "Løs", "Ny"),
        "kontrakt": background("Ja", "Nej"),
        "glad": (("Ja", "Nej", "Måske"), {}),
    },
    (
        (3, "Fast", "Ja", "Ja"),
        (2, "Fast", "Ja", "Nej"),
        (35, "Løs", "Nej", "Ja"),
        (5, "Løs", "Ja", "Måske"),
        (25, "Ny", "Nej", "Ja"),
        (15, "Ny", "Ja", "Nej"),
    ),
    by=("type",),
)
IMPLYING = replace(GROUPS, implies=((gave("type", "Fast"), gave("kontrakt", "Ja")),))
PLACES = Invented(
    {"kommune": background(type="municipality"), "glad": (("Ja", "Nej", "Måske"), {})},
    (
        (3, "Læsø", "Ja"),
        (2, "Læsø", "Nej"),
        (35, "Aarhus", "Ja"),
        (5, "Aarhus", "Måske"),
        (25, "Odense", "Ja"),
        (15, "Odense", "Nej"),
    ),
)


def leak(name, survey, cell, kind, out_of, edition="hele-landet"):
    """An answer in a small group, and the cells in the country that it is worked out from."""
    return pytest.param(survey, (edition, cell), kind, out_of, id=name)


@pytest.mark.parametrize(
    ("survey", "where", "kind", "out_of"),
    [
        leak(
            "a filter is its parts",
            choir("Synger", "Spiller", "Intet"),
            of("kor", "Intet"),
            EXACT,
            [of("have"), of("hobby", "Have")],
        ),
        leak(
            "who was asked ticked a box, and don't know stands alone",
            choir("Intet", "Synger"),
            of("kor", "Synger"),
            EXACT,
            [of("hobby", "Kor"), of("have"), of("hobby", "Have")],
        ),
        leak(
            "at most those who were asked answered, and no box has more",
            LEFT_OUT,
            of("gaver", "Blomst", "sted", "Nord"),
            EVERYBODY,
            [
                of("gaver", "Blomst"),
                of("gaver", "Blomst", "sted", "Vest"),
                of("medlem", "Ja", "sted", "Syd"),
            ],
        ),
        leak(
            "a filter is at most its parts",
            OVERLAP,
            of("trin", "Let", "sted", "Nord"),
            ONE_LEFT,
            [of("tid", "", "sted", "Nord"), of("pension", "Ja", "sted", "Nord")],
        ),
        leak(
            "what an answer implies",
            IMPLIED,
            of("glad", "Måske", "aar", "6-"),
            NOBODY,
            [of("glad", "Måske"), of("glad", "Måske", "start", "Sent")],
        ),
        leak(
            "groups make up the total",
            GROUPS,
            of("glad", "Ja", "type", "Fast"),
            EXACT,
            [of("glad", "Ja"), of("glad", "Ja", "type", "Løs"), of("glad", "Ja", "type", "Ny")],
        ),
        leak(
            "groups make up the total though one implies something",
            IMPLYING,
            of("glad", "Ja", "type", "Fast"),
            EXACT,
            [of("glad", "Ja"), of("glad", "Ja", "type", "Løs"), of("glad", "Ja", "type", "Ny")],
        ),
        leak(
            "municipalities make up the country",
            PLACES,
            of("glad", "Ja"),
            EXACT,
            [
                of("glad", "Ja"),
                of("glad", "Ja", "kommune", "Aarhus"),
                of("glad", "Ja", "kommune", "Odense"),
            ],
            edition="laesoe",
        ),
    ],
)
def test_what_one_kind_gives_away_is_found_and_not_published(tmp_path, survey, where, kind, out_of):
    codebook, answers = survey.read(tmp_path)
    questionnaire = questionnaire_of(codebook, answers)
    protection = protection_of(tabulate(codebook, answers), questionnaire, RULES)
    row = rows_of(protection.attackable.truth, *where)[0]
    before = protection.attackable.attacked(np.zeros_like(protection.coarser))
    assert before.kind[row] == kind and not before.of_many[row]
    assert protection.found.kind[row] == ""
    told = protection.published.estimates
    assert not all(is_known(told.iloc[rows_of(told, "hele-landet", cell)], cell) for cell in out_of)


def rows_of(estimates, edition, cell):
    """The rows of a cell; of all answers in its group for a base."""
    texts = dict(zip(("edition", "question", "breakdown", "group", "answer"), (edition, *cell)))
    here = [(estimates[name].astype(str) == text).to_numpy() for name, text in texts.items()]
    return np.flatnonzero(np.logical_and.reduce(here if cell[-1] else here[:-1]))


def is_known(rows, cell):
    """Whether a reader knows the number: of a base when it is told; of an answer when one count has
    its share."""
    rows = rows[rows["hidden"] == ""]
    if not cell[-1] or not len(rows):
        return len(rows) > 0
    row = rows.iloc[0]
    share = np.arange(row["base"] + 1) / row["base"]
    left = (row["low"] <= share) & ((share < row["high"]) | (row["high"] == 1))
    return pd.notna(row["count"]) or int(left.sum()) == 1


def test_who_ticked_one_of_two_boxes_is_at_most_both_together_and_at_least_each(tmp_path):
    """Who plays ball or cards is asked of the team."""
    players = Invented(
        {
            "leg": boxes("Bold", "Kort", "Skak"),
            "hold": (("Ja", "Nej"), {"asked_if": gave("leg", "Bold", "Kort")}),
        },
        ((20, ["Bold"], "Ja"), (20, ["Kort", "Bold"], "Nej"), (20, ["Skak"], None)),
    )
    equations = equations_of(questionnaire_of(*players.read(tmp_path)))
    assert follows(equations, {of("hold"): 6, of("leg", "Kort"): 2}, of("leg", "Bold")) == (4, 6)
    assert follows(equations, {of("leg", "Bold"): 4, of("leg", "Kort"): 2}, of("hold")) == (4, 6)
    assert follows(equations, {of("leg"): 7}, of("hold")) == (0, 7)
