"""A pipeline for the reasons why a step is or is not cached: run it repeatedly with different options.

    cache_reasons.py [--factor 2] [--code] [--off] [--expires 1] [--token a] [--environment fast]

All options are about the step `scale`. `--factor` changes its parameter; `--code` changes its source code, to add one to each
number. `--off` turns off its caching; `--expires` sets for how many seconds its output may be reused. `--token` makes its cache
depend on a function that returns this text; `--environment` sets the environment variable SCALE_MODE.
When the output of `scale` changes, so does the input of `summarize`; `source` and `untouched` never change.
"""

import argparse
from typing import Annotated, Any, Dict, List

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--factor", type=float, default=2.0)
parser.add_argument("--code", action="store_true")
parser.add_argument("--off", action="store_true")
parser.add_argument("--expires", type=int)
parser.add_argument("--token")
parser.add_argument("--environment")
options, _ = parser.parse_known_args()


def token() -> str:
    return options.token


# Not every version of ZenML has all of these settings.
settings: Dict[str, Any] = {"enable_cache": not options.off}
if options.expires or options.token:
    from zenml.config.cache_policy import CachePolicy

    settings["cache_policy"] = CachePolicy(
        expires_after=options.expires, cache_func=token if options.token else None
    )
if options.environment:
    settings["environment"] = {"SCALE_MODE": options.environment}


@step
def source() -> Annotated[List[int], "numbers"]:
    return [1, 2, 3]


if options.code:

    @step(**settings)
    def scale(numbers: List[int], factor: float) -> Annotated[List[float], "scaled"]:
        # The same step, rewritten.
        scaled = []
        for number in numbers:
            scaled.append(number * factor + 1)
        return scaled

else:

    @step(**settings)
    def scale(numbers: List[int], factor: float) -> Annotated[List[float], "scaled"]:
        return [number * factor for number in numbers]


@step
def summarize(scaled: List[float]) -> Annotated[float, "total"]:
    return sum(scaled)


@step
def untouched(numbers: List[int]) -> Annotated[int, "count"]:
    return len(numbers)


@pipeline(enable_cache=True)
def cache_pipeline(factor: float):
    numbers = source()
    summarize(scale(numbers, factor))
    untouched(numbers)


if __name__ == "__main__":
    cache_pipeline(options.factor)
