"""A survey as the municipalities have it now: six themes of items from 1 to 5, an overall
satisfaction, 29 municipalities and 20,000 invented answers."""

import numpy as np
import pandas as pd
import yaml
from answers import write_dataset

PLACES = (
    *("Albertslund", "Allerød", "Assens", "Ballerup", "Billund", "Bornholm", "Brøndby", "Esbjerg"),
    *("Favrskov", "Faxe", "Fredensborg", "Gladsaxe", "Greve", "Hedensted", "Herlev", "Hillerød"),
    *("Hjørring", "Horsens", "Køge", "Norddjurs", "Odder", "Odense", "Randers", "Roskilde"),
    *("Skive", "Struer", "Thisted", "Vejle", "Viborg"),
)
SCALE = ["Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig"]
THEMES = {"moedet": 4, "maal": 3, "samtalen": 5, "progression": 3, "viden": 2, "kontakten": 2}
TURNED = "progression_3"  # "Jeg er ikke kommet tættere på job": agreeing is little progress
SCORE = {label: points for points, label in enumerate(SCALE, 1)}


def item(theme: str, at: int) -> dict:
    name = f"{theme}_{at}"
    turned = {"reversed": True} if name == TURNED else {}
    return {"id": name, "text": f"Udsagn {at} om {theme}", "short": name} | turned


def codebook() -> dict:
    scaled = {"options": [*SCALE, "Ved ikke"], "dont_know": "Ved ikke", "ordered": True}
    batteries = [
        {"id": theme, "text": f"Hvor enig er du om {theme}?", "short": theme.capitalize()}
        | {"type": "battery", "theme": number, "score": SCORE, **scaled}
        | {"items": [item(theme, at + 1) for at in range(items)]}
        for number, (theme, items) in enumerate(THEMES.items(), 1)
    ]
    overall = {"id": "samlet", "text": "Er du samlet set tilfreds?", "short": "Samlet tilfredshed"}
    return {
        "survey": "tilfredse",
        "title": "Tilfredshed",
        "report": "Ingen",
        "unit": {"singular": "borger", "plural": "borgere", "definite_plural": "borgerne"},
        "respondents": 20_000,
        "questions": [
            {"id": "kommune", "text": "Kommune", "short": "Kommune", "type": "municipality"}
            | {"role": "background"},
            {"id": "gruppe", "text": "Målgruppe", "short": "Målgruppe", "type": "single"}
            | {"role": "background", "options": ["Dagpenge", "Kontanthjælp", "Sygedagpenge"]},
            overall
            | {"type": "single", "theme": 7, "score": SCORE, "compared_by": ["gruppe"], **scaled},
            *batteries,
        ],
        "breakdowns": [
            {"id": "kommune", "question": "kommune", "title": "Kommune", "editions": "country"},
            {"id": "gruppe", "question": "gruppe", "title": "Målgruppe"},
        ],
        "indexes": [
            {"id": f"indeks_{theme}", "short": f"Indeks for {theme}", "questions": [theme]}
            | {"compared_by": ["gruppe"]}
            for theme in THEMES
        ],
    }


def people(count: int = 20_000, seed: int = 7, lift: float = 0.0) -> pd.DataFrame:
    """One row per person: their group, and each item as its wording; a tenth left out, a few not
    known. `lift` makes everybody a little happier."""
    chance = np.random.default_rng(seed)
    sizes = chance.dirichlet(np.full(len(PLACES), 3.0))
    place = chance.choice(len(PLACES), count, p=sizes)
    level = np.random.default_rng(3).normal(0, 0.15, len(PLACES))[place]
    group = chance.choice(3, count, p=[0.45, 0.3, 0.25])
    happy = 3.7 + lift + level + np.array([0, -0.25, 0.2])[group] + chance.normal(0, 0.7, count)
    rows = {
        "kommune": pd.Categorical(np.array(PLACES)[place], PLACES),
        "gruppe": np.array(["Dagpenge", "Kontanthjælp", "Sygedagpenge"])[group],
    }
    for name in (
        "samlet",
        *(f"{theme}_{at + 1}" for theme, n in THEMES.items() for at in range(n)),
    ):
        felt = np.clip(np.rint(happy + chance.normal(0, 0.8, count)), 1, 5).astype(int)
        felt = 6 - felt if name == TURNED else felt
        given = np.array(SCALE)[felt - 1].astype(object)
        given[chance.random(count) < 0.03] = "Ved ikke"
        given[chance.random(count) < 0.1] = None
        rows[name] = pd.Categorical(given, [*SCALE, "Ved ikke"])
    return pd.DataFrame({"respondent": np.arange(1, count + 1)} | rows)


def write(folder, answers: pd.DataFrame, period: str = "efteråret"):
    """The survey as a dataset; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(codebook(), allow_unicode=True, sort_keys=False)
    (folder / "kodebog.yaml").write_text(text, encoding="utf-8")
    return write_dataset(folder, "tilfredse", answers, "kodebog.yaml", period=period)
