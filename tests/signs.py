"""A survey whose every text has signs that Markdown, HTML or a template could take for more than
text."""

SIGNS = 'Er "A & B" <b>fed</b> {x} \\ eller *y* og `z` [l](u) | $p$ _q_ {ref}`r` ~~s~~?'
OPTIONS = ['Ja, "helt" & <i>alt</i>', "{nej}", "50 % \\ *ca.*", "[a](b) | _c_", "$d$ `e`"]
GROUPS = ['"Ung" <18', "*Gammel* & {grå}"]
CODEBOOK = {
    "survey": "tegn",
    "title": 'Tegn & "andre" <tegn>',
    "report": "Ingen",
    "unit": {"singular": "borger", "plural": "borgere", "definite_plural": "borgerne"},
    "respondents": 900,
    "questions": [
        {"id": "sted", "text": "Hvor?", "short": "Sted", "type": "municipality"}
        | {"role": "background"},
        {"id": "gruppe", "text": "Hvem & <hvad>?", "short": "Alder & <alder>", "type": "single"}
        | {"role": "background", "options": GROUPS},
        {"id": "mening", "text": SIGNS, "short": "Om A & <b>", "type": "single"}
        | {"options": OPTIONS},
        {"id": "flere", "text": f"{SIGNS} Flere?", "short": "Flere <x>", "type": "multiple"}
        | {"options": OPTIONS},
    ],
    "breakdowns": [{"id": "gruppe", "question": "gruppe", "title": "Alder & <alder>"}],
}
