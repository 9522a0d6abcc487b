"""How long and how much memory an import takes: `python tests/benchmarks/import_million.py
[respondents] [dialect]`.

Writes an export of random answers (some invitees never answered, a free text and an e-mail column
are in it), imports it in a process of its own and prints rows, bytes, seconds and the largest
resident memory.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

sys.path.insert(0, str(Path(__file__).parents[1]))

from answers import random_answers  # noqa: E402

from helpers.importing.exporting import DIALECTS, Column, columns_of, write_form  # noqa: E402
from helpers.survey.codebook import load_codebook  # noqa: E402

BLOCK = 20_000
MUNICIPALITIES = ("Aarhus", "Læsø", "Ærø", "Brønderslev", "Vejle")


def write_export(folder: Path, respondents: int, dialect: str) -> int:
    """Writes the export block by block, so that making it does not need the memory of reading it;
    returns the bytes of it."""
    codebook = load_codebook("citizens")
    separator, encoding = DIALECTS[dialect]
    with (folder / "body.csv").open("wb") as body:
        for block, start in enumerate(range(0, respondents, BLOCK)):
            rows = min(BLOCK, respondents - start)
            people = random_answers(
                codebook, int(rows * 0.8), seed=block, municipalities=MUNICIPALITIES
            )
            silent = random_answers(
                codebook, rows - len(people), seed=block + 1, municipalities=MUNICIPALITIES
            )[["koen", "alder", "kommune", "maalgruppe"]]
            columns = with_personal(columns_of(people, codebook, silent), start)
            if block == 0:
                write_form(columns, folder, dialect)
                header = (folder / "dataset.csv").read_bytes().decode(encoding).splitlines()[
                    0
                ] + "\r\n"
                body.write(header.encode(encoding))
            table = pa.table(
                [pa.array(column.cells, pa.string()) for column in columns],
                names=[str(n) for n in range(len(columns))],
            )
            sink = pa.BufferOutputStream()
            arrow_csv.write_csv(
                table,
                sink,
                arrow_csv.WriteOptions(
                    include_header=False, delimiter=separator, quoting_style="none"
                ),
            )
            body.write(
                sink.getvalue().to_pybytes().decode().removeprefix("\ufeff").encode(encoding)
            )
    (folder / "body.csv").replace(folder / "dataset.csv")
    return (folder / "dataset.csv").stat().st_size


def with_personal(columns: list[Column], start: int) -> list[Column]:
    """The columns with respondent numbers that go on from the last block, an e-mail and a free
    text."""
    rows = len(columns[0].cells)
    numbers = np.arange(start, start + rows) + 100_000_000
    ids = Column(columns[0].structure, (), numbers.astype(str).astype(object))
    mail = Column(
        ("email", "email", "Open", "String", "E-mail", "", ""),
        (),
        np.array([f"p{n}@example.dk" for n in numbers], dtype=object),
    )
    words = Column(
        ("s_99", "s_99", "Open", "String", "Andet - skriv", "", ""),
        (),
        np.array([f"mine egne ord nummer {n}" for n in numbers], dtype=object),
    )
    return [ids, *columns[1:-5], mail, words, *columns[-5:]]


def main(respondents: int, dialect: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "eksport"
        folder.mkdir()
        size = write_export(folder, respondents, dialect)
        code = (
            "from helpers.importing import import_survey; "
            f"import_survey({str(folder)!r}, output={str(Path(place) / 'ud')!r})"
        )
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, processor = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
        written = sum(
            file.stat().st_size for file in (Path(place) / "ud").rglob("*") if file.is_file()
        )
        print(
            f"{dialect}: {respondents} rows, {size / 2**20:.0f} MiB in, {written / 2**20:.0f} MiB "
            f"out, {seconds:.1f} s ({processor:.1f} s processor), {peak:.0f} MiB"
        )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        sys.argv[2] if len(sys.argv) > 2 else "semicolon",
    )
