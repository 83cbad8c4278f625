"""Reasons why a step is or is not served from the cache; run it several times, each time another one.

    cache_reasons.py [--factor 2] [--code] [--off] [--expires 1] [--token a] [--environment fast]

`--factor`: another parameter of `scale`. `--code`: other source code of `scale`, which adds one to each number.
`--off`: caching of `scale` turned off. `--expires`: what `scale` writes may be reused for so many seconds.
`--token`: the cache of `scale` depends on a function that answers with this. `--environment`: a variable for `scale`.
Whatever changes what `scale` writes is another input of `summarize`; `source` and `untouched` never change.
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


# Not every version knows all of these.
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
