"""Only rules that nothing can follow leave a library's style sheet."""

import pytest

from helpers.press.bind.unused_styles import followed, prune_styles

WORDS = frozenset({"btn", "fade", "sm:fa"})


@pytest.mark.parametrize(
    "rule",
    [
        ".fa-house:before{content:'x'}",
        "p .fa-x,.far{color:red}",
        "h1>.btn.fa{a:b}",
        "a.fa[href='x']{m:n}",
        ".fa{color:red;.btn{a:b}}",
    ],
)
def test_a_rule_for_strangers_alone_goes(rule):
    assert followed(f"h1{{a:b}}{rule}", WORDS) == "h1{a:b}"


@pytest.mark.parametrize(
    "css",
    [
        ".fa,.btn{font:a}",
        ".fade{opacity:0}",
        "a:not(.fa){e:f}",
        ":is(.fa,.btn){g:h}",
        '[href$=".pdf"]{k:l}',
        ".sm\\:fa{o:p}",
        'h1{content:".fa{}"}',
        '@import "egen.fa.css";',
        '@charset "utf-8";',
        "@font-face{src:url(a.fa)}",
        "@layer fa,btn;",
        "@keyframes fa{0.5%{a:b}}",
        ".btn{a:b;& .fa{c:d}}",
        ".btn{a:b;.fa &{c:d}}",
        "@media print{.btn{c:d}@supports(a:b){h1{c:d}}}",
    ],
)
def test_what_something_may_follow_stays_as_it_is(css):
    assert followed(css, WORDS) == css


def test_rules_under_a_condition_go_too_and_the_condition_stays():
    assert followed("@media print{.fa-print{a:b}.btn{c:d}}", WORDS) == "@media print{.btn{c:d}}"


def test_a_class_that_a_page_has_or_a_script_may_give_keeps_its_rules(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "side.html").write_text('<p class="boks stor">hidden</p>', encoding="utf-8")
    (tmp_path / "_static" / "a.js").write_text("one.classList.add('aaben')", encoding="utf-8")
    rules = ".boks{a:b}.stor .aaben{c:d}.hidden{e:f}"
    for name in ("theme.css", "egen.css"):
        (tmp_path / "_static" / name).write_text(rules, encoding="utf-8")
    prune_styles(tmp_path, own={"egen.css"})
    assert (tmp_path / "_static" / "theme.css").read_text() == ".boks{a:b}.stor .aaben{c:d}"
    assert (tmp_path / "_static" / "egen.css").read_text() == rules
