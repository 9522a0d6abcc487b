"""A page loads what it has, and nothing less."""

import re

from bs4 import BeautifulSoup

from helpers.press.bind.page_weight import held_together, without_unused

PAGE = """<head>
<link rel="stylesheet" type="text/css" href="_static/pygments.css?v=1" />
<link rel="stylesheet" type="text/css" href="_static/sphinx-design.min.css?v=2" />
<link rel="stylesheet" href="_static/kontaktbogen.css">
<script data-sd-tabs-storage-prefix="x" src="_static/design-tabs.js?v=3"></script>
<script src="_static/doctools.js"></script></head>"""


def test_styles_of_what_is_not_on_the_page_are_left_out_and_the_rest_stays():
    html = without_unused(PAGE + "<p>Tekst</p>")
    assert (
        not any(name in html for name in ("pygments", "sphinx-design", "design-tabs"))
        and html.count("<script") == html.count("</script>") == 1
    )
    assert "kontaktbogen.css" in html and "doctools.js" in html and "<p>Tekst</p>" in html


def test_a_page_with_code_or_a_folded_box_keeps_its_styles():
    html = without_unused(PAGE + '<div class="highlight-python"></div>')
    assert "pygments" in html and "sphinx-design" not in html
    assert "design-tabs" in without_unused(PAGE + '<details class="sd-sphinx-override"></details>')


TABLE = """<table class="gt_table"><caption>Titel</caption><tbody class="gt_table_body">
  <tr>
    <th scope="row" id="t-stub-1" class="gt_row gt_left gt_stub">1 (b01)</th>
    <td class="gt_row gt_left">tekst på
      to linjer</td>
    <td HEADERS class="gt_row gt_right">81 pct.</td>
  </tr>
</tbody></table>"""


def test_a_table_says_the_same_with_less():
    short = without_unused(TABLE.replace(" HEADERS", ""))
    both = [BeautifulSoup(html, "html.parser") for html in (TABLE, short)]
    cells = [
        [(cell.name, cell.get("scope"), cell.text) for cell in soup.select("th, td")]
        for soup in both
    ]
    assert cells[0] == cells[1] and cells[0][2] == ("td", None, "81 pct.")
    assert len(short) < 0.7 * len(TABLE) and 'class="gt_left"' in short and "gt_row" not in short


def test_a_header_that_a_cell_points_at_keeps_a_name_of_its_own_on_the_page():
    divided = TABLE.replace("HEADERS", 'headers="t-gruppe t-stub-1"').replace(
        "<tbody", '<thead><tr><th id="t-gruppe" scope="colgroup">Sted</th></tr></thead><tbody'
    )
    soup = BeautifulSoup(without_unused(divided + divided), "html.parser")
    names = [header["id"] for header in soup.select("[id]")]
    assert len(names) == len(set(names)) == 4
    for table in soup.select("table"):
        (cell,) = table.select("td[headers]")
        pointed_at = [soup.find(id=name) for name in cell.get_attribute_list("headers")]
        assert [header.text for header in pointed_at] == ["Sted", "1 (b01)"]
        assert all(header in table.select("th") for header in pointed_at)
    assert "id=" not in without_unused(TABLE)


def test_a_cell_among_texts_carries_its_column_s_name_for_who_sees_no_columns():
    head = (
        '<thead><tr><th scope="col" id="a">Side</th><th class="x" scope="col">Hvad &amp; '
        'hvor</th><th scope="col">»Trykt«</th></tr></thead><tbody'
    )
    short = BeautifulSoup(
        without_unused(
            TABLE.replace("<tbody", head).replace(
                "</tbody>", "</tbody><tfoot><tr><td colspan=3>Kilde</td></tr></tfoot>"
            )
        ),
        "html.parser",
    )
    assert [(cell.get("data-kol"), cell.text.split()[0]) for cell in short.select("td")] == [
        ("Hvad & hvor", "tekst"),
        ("»Trykt«", "81"),
        (None, "Kilde"),
    ]


def test_a_divided_table_of_texts_has_them_too():
    divided = TABLE.replace(
        "<tbody", '<thead><tr><th scope="col">Side</th><th scope="col">Hvad</th></tr></thead><tbody'
    )
    short = without_unused(
        divided.replace(
            '<td class="gt_row gt_left"', '<td headers="g t-stub-1" class="gt_row gt_left"'
        )
    )
    assert re.search('<td data-kol="Hvad" headers="[^"]+" class="gt_left">', short)


def test_a_table_of_numbers_alone_has_no_use_for_them():
    assert "data-kol" not in without_unused(
        TABLE.replace('<td class="gt_row gt_left">', '<td class="gt_row gt_right">')
    )


def test_a_number_and_its_per_cent_stand_on_one_line_and_the_text_is_as_it_was():
    page = (
        '<body><p title="78 pct. af 90 pct.">Om 78 pct. og (1.234,5 pct.), omkring\n'
        "55 pct.</p><table><td>78 pct.</td></table><script>'9 pct.'</script>"
    )
    held = held_together(page)
    soup = BeautifulSoup(held, "html.parser")
    assert [one.get_text() for one in soup.select("p > .number")] == [
        "78 pct.",
        "1.234,5 pct.",
        "55 pct.",
    ]
    assert soup.get_text() == BeautifulSoup(page, "html.parser").get_text()
    assert held.count("<span") == 3 and 'title="78 pct. af 90 pct."' in held
