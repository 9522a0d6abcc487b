"""What the press leaves out of its warm process is not loaded there, and can be loaded by whoever
wants it."""

import subprocess
import sys

TRIED = """
import sys
import helpers.press.preload
left_out = ("hypothesis", "rfc3987_syntax", "sqlalchemy")
assert not [name for name in left_out if name in sys.modules], sorted(sys.modules)
import pandas as pd, pandera.pandas as pa
schema = pa.DataFrameSchema({"tal": pa.Column(int, pa.Check.ge(1))})
schema.validate(pd.DataFrame({"tal": [1]}))
try:
    schema.validate(pd.DataFrame({"tal": [0]}))
except pa.errors.SchemaError:
    print("fundet")
import hypothesis, myst_nb.core.execute.cache
print(hypothesis.__name__, bool(myst_nb.core.execute.cache.NotebookClientCache))
"""


def test_what_is_left_out_is_missed_by_nobody():
    done = subprocess.run([sys.executable, "-c", TRIED], capture_output=True, text=True)
    assert done.stdout.split() == ["fundet", "hypothesis", "True"], done.stderr
