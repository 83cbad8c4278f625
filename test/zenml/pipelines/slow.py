"""A pipeline of sequential steps with the given durations.

    slow.py [--seconds 2] [--steps 14] [--until FILE]

`--seconds` may be a list: `1,5,0.5`, used in turn. With `--until`, the first step also waits until the file exists.
"""

import argparse
import time
from pathlib import Path
from typing import Annotated

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", default="2")
parser.add_argument("--steps", type=int, default=14)
parser.add_argument("--until", default="")
options, _ = parser.parse_known_args()


@step
def stage(before: int, seconds: float, until: str) -> Annotated[int, "done"]:
    time.sleep(seconds)
    while until and not Path(until).exists():
        time.sleep(0.1)
    return before + 1


@pipeline(enable_cache=False)
def slow_pipeline(seconds: str, steps: int, until: str):
    lengths = [float(length) for length in seconds.split(",")]
    done = 0
    for position in range(steps):
        length = lengths[position % len(lengths)]
        done = stage(done, length, until if position == 0 else "", id=f"stage_{position + 1:02d}")


if __name__ == "__main__":
    slow_pipeline(options.seconds, options.steps, options.until)
