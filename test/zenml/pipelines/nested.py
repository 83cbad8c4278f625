"""A dynamic pipeline with child runs: one between two steps, then two at the same time, one of which starts a child run of its own.

    nested.py [--seconds 2] [--fail] [--stop]

`--fail` makes the last of these three child runs fail. The run completes nevertheless; with `--stop` it fails.
"""

import argparse
import time
from typing import Annotated

from zenml import pipeline, step
from zenml.enums import ExecutionMode

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=2.0)
parser.add_argument("--fail", action="store_true")
parser.add_argument("--stop", action="store_true")
options, _ = parser.parse_known_args()

mode = ExecutionMode.STOP_ON_FAILURE if options.stop else ExecutionMode.CONTINUE_ON_FAILURE


@step
def prepare(seconds: float) -> Annotated[int, "data"]:
    time.sleep(seconds)
    return 1


@step
def sample(data: int, seconds: float) -> Annotated[int, "sampled"]:
    time.sleep(seconds)
    return data


@step
def fit(data: int, seconds: float, fail: bool) -> Annotated[int, "model"]:
    time.sleep(seconds)
    print(f"fitting with {data} rows")
    if fail:
        raise ValueError("the loss is not a number after epoch 3\nlearning rate 0.5 is too high")
    return data


@step
def select(model: int, seconds: float) -> Annotated[int, "best"]:
    time.sleep(seconds)
    return model


@step
def score(best: int, seconds: float) -> Annotated[int, "score"]:
    time.sleep(seconds)
    return best


@pipeline(dynamic=True, enable_cache=False)
def score_pipeline(best: int, seconds: float) -> Annotated[int, "score"]:
    return score(best, seconds)


@pipeline(dynamic=True, enable_cache=False)
def tune_pipeline(data: int, seconds: float, fail: bool, deeper: bool) -> Annotated[int, "model"]:
    sampled = sample(data, seconds)
    model = fit(sampled, seconds * 2, fail)
    if deeper:
        score_pipeline(model.load(), seconds)
    return model


@pipeline(dynamic=True, enable_cache=False, execution_mode=mode)
def search_pipeline(seconds: float, fail: bool):
    data = prepare(seconds)
    model = tune_pipeline(data.load(), seconds, False, False)
    best = select(model, seconds)
    tune_pipeline.submit(best.load(), seconds * 2, False, True)
    tune_pipeline.submit(best.load(), seconds, fail, False)


if __name__ == "__main__":
    search_pipeline(options.seconds, options.fail)
