"""A page loads what it has, and nothing less."""

from helpers.press.lean import without_icons, without_unused

PAGE = """<head>
<link rel="stylesheet" type="text/css" href="_static/pygments.css?v=1" />
<link rel="stylesheet" type="text/css" href="_static/sphinx-design.min.css?v=2" />
<link rel="stylesheet" href="_static/kontaktbogen.css">
<script data-sd-tabs-storage-prefix="x" src="_static/design-tabs.js?v=3"></script>
<script src="_static/doctools.js"></script></head>"""


def test_styles_of_what_is_not_on_the_page_are_left_out_and_the_rest_stays():
    html = without_unused(PAGE + "<p>Tekst</p>")
    assert not any(name in html for name in ("pygments", "sphinx-design", "design-tabs")) and html.count("<script") == html.count("</script>") == 1
    assert "kontaktbogen.css" in html and "doctools.js" in html and "<p>Tekst</p>" in html


def test_a_page_with_code_or_a_folded_box_keeps_its_styles():
    html = without_unused(PAGE + '<div class="highlight-python"></div>')
    assert "pygments" in html and "sphinx-design" not in html
    assert "design-tabs" in without_unused(PAGE + '<details class="sd-sphinx-override"></details>')


def test_only_rules_that_icons_alone_follow_go():
    css = ".fa-house:before{content:'x'}.fa,.fas{font:a}.fade{opacity:0}.btn .fa-x,.btn{color:red}@media print{.fa-print{a:b}.face{c:d}}"
    assert without_icons(css) == ".fade{opacity:0}.btn .fa-x,.btn{color:red}@media print{.face{c:d}}"
