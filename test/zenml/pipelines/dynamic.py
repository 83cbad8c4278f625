"""A dynamic pipeline: one step mapped over items, and a step that gathers the results.

    dynamic.py [--items 8] [--seconds 1] [--fail 3] [--nested] [--no-gather]

`--fail N` makes item N fail; `--nested` runs a child pipeline too. With hundreds of items ZenML 0.98 fails to find the inputs of the
step that gathers them; `--no-gather` omits that step.
"""

import argparse
import time
from typing import Annotated, List

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--items", type=int, default=8)
parser.add_argument("--seconds", type=float, default=1.0)
parser.add_argument("--fail", type=int, default=-1)
parser.add_argument("--nested", action="store_true")
parser.add_argument("--no-gather", dest="gather", action="store_false")
options, _ = parser.parse_known_args()


@step
def list_items(items: int) -> Annotated[List[int], "items"]:
    return list(range(items))


@step
def work(item: int, seconds: float, fail: int) -> Annotated[int, "squared"]:
    time.sleep(seconds)
    if item == fail:
        raise RuntimeError(f"item {item} cannot be worked on")
    return item * item


@step
def gather(squares: List[int]) -> Annotated[int, "total"]:
    return sum(squares)


@step
def inner(seconds: float) -> Annotated[int, "inside"]:
    time.sleep(seconds)
    return 1


@pipeline(dynamic=True, enable_cache=False)
def child_pipeline(seconds: float):
    inner(seconds)


@pipeline(dynamic=True, enable_cache=False)
def dynamic_pipeline(items: int, seconds: float, fail: int, nested: bool, gathers: bool):
    listed = list_items(items)
    squares = work.map(listed, seconds=seconds, fail=fail)
    if gathers:
        gather(squares)
    if nested:
        child_pipeline(seconds)


if __name__ == "__main__":
    dynamic_pipeline(options.items, options.seconds, options.fail, options.nested, options.gather)
