"""LimeSurvey's structure of this survey, in the form of version 3 (texts in the rows) and of
version 6 (texts apart)."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Codes:
    """What the export calls the columns, and the code of each answer, by question."""

    names: dict[str, str]
    answers: dict[str, dict[str, str]]


def rows(section: str, records: list[dict]) -> str:
    cells = "".join(
        "<row>"
        + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in record.items())
        + "</row>"
        for record in records
    )
    return f"<{section}><rows>{cells}</rows></{section}>"


def write_lss(path: Path, fields: list, version: int) -> Codes:
    """Writes the structure; fields of a battery become an array, boxes a question with
    subquestions."""
    questions, below, answers, names, codes = [], [], [], {}, {}
    heads: dict[str, str] = {}
    for field in fields:
        if not field.question or field.id == "kommune":
            continue
        code = heads.get(field.head if not field.is_box else field.question)
        if code is None:
            code = f"G{len(heads) + 1:02}Q01"
            heads[field.head if not field.is_box else field.question] = code
            kind = "M" if field.is_box else "F" if field.tail else "L"
            questions.append(
                {
                    "qid": code[1:3] + "0",
                    "parent_qid": "0",
                    "type": kind,
                    "title": code,
                    "question": field.head,
                    "other": "N",
                }
            )
            if not field.is_box:
                labels = [cell for cell in dict.fromkeys(field.cells) if cell is not None]
                answers += [
                    {
                        "qid": code[1:3] + "0",
                        "code": f"AO{place:02}",
                        "answer": label,
                        "sortorder": str(place),
                        "scale_id": "0",
                    }
                    for place, label in enumerate(labels, start=1)
                ]
                codes[field.question] = {
                    label: f"AO{place:02}" for place, label in enumerate(labels, start=1)
                }
        elif not field.is_box:
            known = next(
                codes[other.question]
                for other in fields
                if other.head == field.head and other.question in codes
            )
            new = [
                cell
                for cell in dict.fromkeys(field.cells)
                if cell is not None and cell not in known
            ]
            for label in new:
                known[label] = f"AO{len(known) + 1:02}"
                answers.append(
                    {
                        "qid": code[1:3] + "0",
                        "code": known[label],
                        "answer": label,
                        "sortorder": str(len(known)),
                        "scale_id": "0",
                    }
                )
            codes[field.question] = known
        if field.tail:
            sub = f"SQ{sum(row['parent_qid'] == code[1:3] + '0' for row in below) + 1:03}"
            below.append(
                {
                    "qid": f"{code[1:3]}0{sub[2:]}",
                    "parent_qid": code[1:3] + "0",
                    "title": sub,
                    "question": field.tail,
                    "scale_id": "0",
                }
            )
            names[field.id] = f"{code}[{sub}]"
        else:
            names[field.id] = code
    write(path, questions, below, answers, version)
    return Codes(names, codes)


def write(
    path: Path, questions: list[dict], below: list[dict], answers: list[dict], version: int
) -> None:
    if version == 3:
        spoken = (
            [{**row, "language": "da"} for row in questions],
            [{**row, "language": "da"} for row in below],
            [{**row, "language": "da"} for row in answers],
        )
        foreign = [{**row, "language": "en", "question": "In English"} for row in questions]
        parts = [
            rows("answers", spoken[2]),
            rows("questions", foreign + spoken[0]),
            rows("subquestions", spoken[1]),
        ]
    else:
        texts = [
            {"id": str(place), "qid": row["qid"], "question": row["question"], "language": "da"}
            for place, row in enumerate(questions + below)
        ]
        answers = [{**row, "aid": str(place)} for place, row in enumerate(answers)]
        spoken = [
            {"id": row["aid"], "aid": row["aid"], "answer": row["answer"], "language": "da"}
            for row in answers
        ]
        bare = [
            [
                {name: text for name, text in row.items() if name not in ("question", "answer")}
                for row in part
            ]
            for part in (questions, below, answers)
        ]
        parts = [
            rows("answers", bare[2]),
            rows("answer_l10ns", spoken),
            rows("questions", bare[0]),
            rows("question_l10ns", texts),
            rows("subquestions", bare[1]),
        ]
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><document>'
        f"<LimeSurveyDocType>Survey</LimeSurveyDocType>{''.join(parts)}</document>",
        encoding="utf-8",
    )
