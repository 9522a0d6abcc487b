"""Every damage in the catalogue: `python tests/benchmarks/import_damages.py [part of a name]`.

Each is imported in a process of its own. Prints what did not end as it should, and then how many
there are, how many ended right or in a stop, how many in a traceback or in wrong numbers, and the
longest time and the largest memory. Ends with 1 when anything is amiss.
"""

import json
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parents[1]),
    str(Path(__file__).parents[1] / "importing"),
]

from damaged import ended, write_fresh  # noqa: E402
from damages import damages  # noqa: E402

SECONDS, MEGABYTES = 60, 2_000


def in_a_process(name: str, fresh: Path, truth) -> tuple[dict, float, float]:
    """How a damage ended, in how many seconds and with how many megabytes at most."""
    read, write = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(read)
        with tempfile.TemporaryDirectory() as place, os.fdopen(write, "w") as answer:
            try:
                result = ended(name, fresh, truth, Path(place))
                json.dump({"how": result.how, "said": result.said}, answer)
            except BaseException:
                json.dump({"how": "traceback", "said": traceback.format_exc(limit=-3)}, answer)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = answer.read()
    _, status, used = os.wait4(child, 0)
    result = json.loads(said) if said else {"how": "killed", "said": f"signal {status & 127}"}
    return result, time.perf_counter() - began, used.ru_maxrss / 1024


def main(part: str) -> int:
    chosen = [name for name in damages if part in name]
    counts, amiss, slowest, largest = Counter(), [], ("", 0.0), ("", 0.0)
    with tempfile.TemporaryDirectory() as place:
        truth = write_fresh(Path(place))
        for name in chosen:
            result, seconds, megabytes = in_a_process(name, Path(place), truth)
            expected = damages[name][1]
            counts[result["how"]] += 1
            slowest, largest = (
                max(slowest, (name, seconds), key=lambda one: one[1]),
                max(largest, (name, megabytes), key=lambda one: one[1]),
            )
            right = result["how"] == expected or (
                expected == "safe" and result["how"] in ("right", "stop")
            )
            if not right or seconds > SECONDS or megabytes > MEGABYTES:
                amiss.append(name)
                print(
                    f"{name}: {result['how']} (should be {expected}), {seconds:.0f} s, "
                    f"{megabytes:.0f} MB: {result['said'][:500]}",
                    flush=True,
                )
    print(
        f"{len(chosen)} damages: {counts['right']} read right, {counts['stop']} stopped in Danish, "
        f"{counts['wrong']} wrong, "
        f"{counts['traceback'] + counts['killed']} tracebacks or crashes."
    )
    print(
        f"Longest: {slowest[1]:.1f} s ({slowest[0]}). Largest: {largest[1]:.0f} MB ({largest[0]}). "
        f"Not as they should be: {len(amiss)}."
    )
    return int(bool(amiss))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
