"""What axe-core finds on a page in a browser, by the rules of WCAG 2.1 A and AA and its own best
practice."""

from importlib.resources import files

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")  # all that dark colours alone can break
FEW = 3  # unfolded boxes of a page stand for the rest, which are made alike
ROWS = 10  # and the first rows of a table for the rest: the reconciliation's have hundreds
UNFOLD = """([most, rows]) => {
    [...document.querySelectorAll('details:not(.edition-switch__box)')].slice(0, most)
        .forEach(fold => { fold.open = true; });
    document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(rows)
        .forEach(row => row.style.setProperty('display', 'none', 'important')));
}"""
# Without `preload` axe would ask for the style sheets once more, which a browser refuses for files.
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})"


def violations(page, rules=RULES, most=FEW, rows=ROWS):
    """One line per broken rule, with the first element that breaks it."""
    page.evaluate(UNFOLD, [most, rows])
    page.evaluate(AXE)
    found = page.evaluate(RUN, list(rules))["violations"]
    return [
        (
            f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:200]} "
            f"{rule['nodes'][0]['failureSummary'][:300]}"
        )
        for rule in found
    ]
