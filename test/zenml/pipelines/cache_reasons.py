"""Reasons why a step is or is not served from the cache; run it several times.

    cache_reasons.py [--variant base|parameter|code|policy]

`base` twice: all cached. `parameter`: another parameter of `scale`, and thereby another input of `summarise`.
`code`: other source code of `scale` with the same result type. `policy`: caching of `scale` turned off.
"""

import argparse
from typing import Annotated, List

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--variant", choices=["base", "parameter", "code", "policy"], default="base")
options, _ = parser.parse_known_args()


@step
def source() -> Annotated[List[int], "numbers"]:
    return [1, 2, 3]


if options.variant == "code":

    @step(enable_cache=True)
    def scale(numbers: List[int], factor: float) -> Annotated[List[float], "scaled"]:
        # The same step, rewritten.
        scaled = []
        for number in numbers:
            scaled.append(number * factor)
        return scaled

else:

    @step(enable_cache=options.variant != "policy")
    def scale(numbers: List[int], factor: float) -> Annotated[List[float], "scaled"]:
        return [number * factor for number in numbers]


@step
def summarise(scaled: List[float]) -> Annotated[float, "total"]:
    return sum(scaled)


@step
def untouched(numbers: List[int]) -> Annotated[int, "count"]:
    return len(numbers)


@pipeline(enable_cache=True)
def cache_pipeline(factor: float):
    numbers = source()
    summarise(scale(numbers, factor))
    untouched(numbers)


if __name__ == "__main__":
    cache_pipeline(0.5 if options.variant == "parameter" else 2.0)
