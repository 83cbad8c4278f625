"""Steps one after another, each as long as asked.

    slow.py [--seconds 2] [--steps 14]

`--seconds` may be a list: `1,5,0.5`, used in turn.
"""

import argparse
import time
from typing import Annotated

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", default="2")
parser.add_argument("--steps", type=int, default=14)
options, _ = parser.parse_known_args()


@step
def stage(before: int, seconds: float) -> Annotated[int, "done"]:
    time.sleep(seconds)
    return before + 1


@pipeline(enable_cache=False)
def slow_pipeline(seconds: str, steps: int):
    lengths = [float(length) for length in seconds.split(",")]
    done = 0
    for position in range(steps):
        done = stage(done, lengths[position % len(lengths)], id=f"stage_{position + 1:02d}")


if __name__ == "__main__":
    slow_pipeline(options.seconds, options.steps)
