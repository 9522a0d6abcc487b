"""The codebook for archives: it is DDI-Codebook 2.5, says what the codebook and the published
shares say, and nothing of anybody's answers.

The published schema is not in the repository. With DDI_SCHEMA it validates the documents too:

    git clone https://github.com/ddialliance/ddi-c_2 ddi && git -C ddi checkout f1c94b6  # 2.5.1
    DDI_SCHEMA=ddi/schemas/codebook.xsd python -m pytest tests/takeaway/test_ddi.py

Without it the rules of the schema that the documents touch are those below, read in it by hand;
both are put to the same damages.
"""

import os
import re
from collections import Counter
from decimal import Decimal

import pytest
from lxml import etree

from helpers.page.page import open_page
from helpers.takeaway.about import about
from helpers.takeaway.ddi import ddi, routed
from helpers.takeaway.number_table import published_rows

SCHEMA = os.environ.get("DDI_SCHEMA")
DDI = "{ddi:codebook:2_5}"
NAME = re.compile(r"[^\W\d][\w.-]*")
# Element -> what may be in it, in this order; "!" must be there once, "?" may once, "*" many times.
ORDER = {
    "codeBook": "docDscr* stdyDscr! fileDscr* dataDscr* otherMat*",
    "stdyDscr": "citation! studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* "
    "othrStdyMat* notes*",
    "citation": "titlStmt! rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit* holdings* "
    "notes*",
    "titlStmt": "titl! subTitl* altTitl* parTitl* IDNo*",
    "prodStmt": "producer* copyright* prodDate* prodPlac* software* fundAg* grantNo*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly* anlyUnit* "
    "universe* dataKind*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn* universe* notes*",
    "var": "location* labl* imputation* security* embargo* respUnit* anlysUnit* qstn* valrng* "
    "invalrng* undocCod* universe* TotlResp* sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* "
    "verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*",
    "qstn": "preQTxt* qstnLit* postQTxt* forward* backward* ivuInstr*",
    "catgryGrp": "labl* catStat* txt*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
    "otherMat": "labl* txt* notes* table* citation? otherMat*",
}
# Element -> its attributes and what each may be; "!" where it must be there.
ANY = ".*"
ATTRIBUTES = {
    "codeBook": {"version!": "2\\.5"},
    "varGrp": {"type": "multipleResp|grid", "var": ANY, "name": ANY},
    "var": {"name!": ANY, "intrvl": "contin|discrete", "nature": "nominal|ordinal"},
    "catgry": {"missing": "Y|N", "missType": ANY},
    "catgryGrp": {"catgry": ANY},
    "catStat": {"type": "freq|percent|crosstab|other", "wgtd": "wgtd|not-wgtd"},
    "otherMat": {"level!": "[\\w.-]+", "type": ANY, "URI": ANY},
}
TIMES = {"!": "", "?": "?", "*": "*"}
REFERENCES = {"varGrp": "var", "catgryGrp": "catgry"}


def broken(root):
    """What in a document is against the rules, in words."""
    found = []
    for element in root.iter():
        name = element.tag.removeprefix(DDI)
        inside = [child.tag.removeprefix(DDI) for child in element]
        slots = "".join(
            f"(?:{part[:-1]} ){TIMES[part[-1]]}" for part in ORDER.get(name, "").split()
        )
        if not re.fullmatch(slots, " ".join([*inside, ""])):
            found.append(f"{name} holds {inside}")
        allowed = {one.rstrip("!"): values for one, values in ATTRIBUTES.get(name, {}).items()}
        own = {key: text for key, text in element.attrib.items() if not key.startswith("{")}
        needed = {one[:-1] for one in ATTRIBUTES.get(name, {}) if one.endswith("!")}
        found += [f"{name} has no {one}" for one in needed - own.keys()]
        for key, text in own.items():
            rule = NAME.pattern if key == "ID" else allowed.get(key)
            if rule is None or not re.fullmatch(rule, text, re.DOTALL):
                found.append(f"{name} has {key}={text}")
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    found += [f"{one} twice" for one, times in Counter(ids).items() if times > 1]
    for name, attribute in REFERENCES.items():
        for element in root.iter(f"{DDI}{name}"):
            found += [f"no {one}" for one in element.get(attribute).split() if one not in ids]
    return found


@pytest.fixture(scope="module")
def schema():
    """The published schema, where it is given."""
    return etree.XMLSchema(etree.parse(SCHEMA)) if SCHEMA else None


@pytest.fixture(scope="module", params=["citizens", "jobcentres"])
def documented(request):
    """A survey's releasable estimates and its document."""
    side = open_page(survey=request.param)
    facts = about(side.releasable, side.edition, [side.releasable.codebook])
    written = ddi(facts, side.releasable, "tal.csv")
    assert written == ddi(facts, side.releasable, "tal.csv")
    return side.releasable, etree.fromstring(written)


def test_it_is_ddi_codebook(documented, schema):
    _, root = documented
    assert root.tag == f"{DDI}codeBook" and broken(root) == []
    if schema:
        schema.assertValid(root)


DANGLING = "a group of nothing"  # which lxml does not look for, though the schema says IDREFS


def first(root, name):
    return next(root.iter(f"{DDI}{name}"))


DAMAGES = {
    "no title": lambda root: (it := first(root, "titl")).getparent().remove(it),
    "no wording's place": lambda root: first(root, "var").append(first(root, "qstn")),
    "a variable without a name": lambda root: first(root, "var").attrib.pop("name"),
    "an id twice": lambda root: [one.set("ID", "V.x") for one in list(root.iter(f"{DDI}var"))[:2]],
    "an id with a space": lambda root: first(root, "var").set("ID", "en to"),
    DANGLING: lambda root: first(root, "varGrp").set("var", "V.intet"),
    "another missing": lambda root: first(root, "catgry").set("missing", "ja"),
    "code after label": lambda root: first(root, "catgry").append(first(root, "catValu")),
    "a kind of statistic": lambda root: first(root, "catStat").set("type", "procent"),
    "a made-up part": lambda root: etree.SubElement(first(root, "var"), f"{DDI}svar"),
    "no level": lambda root: first(root, "otherMat").attrib.pop("level"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_rules_and_the_schema_see_the_same_damages(documented, schema, damage):
    root = etree.fromstring(etree.tostring(documented[1]))
    DAMAGES[damage](root)
    assert broken(root)
    if schema and damage != DANGLING:
        assert not schema.validate(root)


def text(element, path):
    return [
        one.text for one in element.findall("/".join(f"{DDI}{part}" for part in path.split("/")))
    ]


def columns(codebook):
    """(question, column of the answers) of a codebook, in its order."""
    return [(question, column) for question in codebook.questions for column in question.columns]


def test_every_question_is_there_as_it_was_asked_and_of_whom(documented):
    estimates, root = documented
    variables = list(root.iter(f"{DDI}var"))
    assert [one.get("name") for one in variables] == [
        column for _, column in columns(estimates.codebook)
    ]
    for (question, _), one in zip(columns(estimates.codebook), variables):
        assert text(one, "qstn/qstnLit") == [question.text]
        assert text(one, "qstn/preQTxt") == ([question.stem] if question.stem else [])
        (universe,) = text(one, "universe")
        assert universe.startswith(question.asked_of)
        assert ("blev stillet, når" in universe) == (question.asked_if is not None)


def test_categories_have_codes_in_order_and_what_is_missing_is_marked(documented):
    estimates, root = documented
    variables, missing = list(root.iter(f"{DDI}var")), 0
    for (question, column), one in zip(columns(estimates.codebook), variables):
        several = question.type == "multiple"
        labels = ["Ikke valgt", "Valgt"] if several else [*question.labels, *question.screened_out]
        assert text(one, "catgry/labl") == labels
        start = 0 if several else 1
        assert text(one, "catgry/catValu") == [str(start + at) for at in range(len(labels))]
        marked = [two for two in one.findall(f"{DDI}catgry") if two.get("missing") == "Y"]
        assert [text(two, "labl") for two in marked] == (
            [[question.dont_know]] if question.dont_know and not several else []
        )
        missing += len(marked)
        if several:
            assert text(one, "labl") == [column.removeprefix(f"{question.id}: ")]
    assert missing >= 5


def test_batteries_and_multiple_choices_are_groups_of_their_variables(documented):
    estimates, root = documented
    names = {one.get("ID"): one.get("name") for one in root.iter(f"{DDI}var")}
    found = {
        one.get("name"): (one.get("type"), [names[each] for each in one.get("var").split()])
        for one in root.iter(f"{DDI}varGrp")
    }
    questions = estimates.codebook.questions
    batteries = {one.battery for one in questions if one.battery}
    assert found == {
        one.id: ("multipleResp", list(one.columns)) for one in questions if one.type == "multiple"
    } | {name: ("grid", [one.id for one in questions if one.battery == name]) for name in batteries}


def test_shares_are_the_published_ones_under_their_ids_and_hidden_ones_are_away(documented):
    estimates, root = documented
    told = {one.get("ID"): Decimal(one.text) for one in root.iter(f"{DDI}catStat")}
    rows = [one for one in published_rows(estimates, estimates.country) if not one[1]]
    shown = {number: row for number, _, row in rows if not row.hidden and row.share is not None}
    renamed = {
        ids
        for ids, row in shown.items()
        if row.combined
        and row.answer not in {one.label for one in estimates.codebook.question(row.question).sums}
    }
    assert told.keys() == shown.keys() - renamed and len(told) > 100
    for number, share in told.items():
        assert float(share) == pytest.approx(100 * shown[number].share, abs=1e-4)
    assert not list(root.iter(f"{DDI}sumStat")) and all(
        one.get("type") == "percent" for one in root.iter(f"{DDI}catStat")
    )


def test_the_study_says_what_it_is_and_that_nobody_gave_the_answers(documented):
    estimates, root = documented
    study, manifest = first(root, "stdyDscr"), estimates.manifest
    assert text(study, "citation/titlStmt/titl") == [estimates.codebook.title]
    assert text(study, "citation/prodStmt/producer") == ["Kontaktbogen"]
    assert text(study, "stdyInfo/sumDscr/collDate") == [manifest.period]
    assert text(study, "stdyInfo/sumDscr/dataKind") == ["syntetiske svar"]
    assert text(study, "stdyInfo/abstract")[0].startswith("Syntetiske svar.")


def test_routing_is_said_in_words():
    codebook = open_page().releasable.codebook
    asked_if = {name: codebook.question(name).asked_if for name in ("accept", "telefon", "kanal")}
    assert routed(codebook, asked_if["accept"]) == (
        "svaret på »Hvad synes du om at blive kontaktet?« var »Hverken/eller« eller »Overvejende "
        "negativ« eller »Negativ« eller »Ved ikke«"
    )
    assert routed(codebook, asked_if["telefon"]) == (
        "svaret på »Hvordan blev kontakten gennemført?« omfattede »Via telefon«"
    )
    assert routed(codebook, asked_if["kanal"]) == (
        "svaret på »Hvem tog initiativ til kontakten?« var »Det gjorde jeg selv« eller svaret på "
        "»Hvad synes du om at blive kontaktet?« var »Positiv« eller »Overvejende positiv« eller "
        "svaret på »Sagde du ja til at tale med jobcenteret igen?« var »Ja«"
    )
