"""Seven steps with two branches, artifacts of several types and metadata; succeeds.

    success.py [--seconds 1.5] [--cache]
"""

import argparse
import time
from typing import Annotated, Dict, List, Tuple

from zenml import log_metadata, pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=1.5, help="how long each step takes")
parser.add_argument("--cache", action="store_true", help="let steps be served from the cache")
options, _ = parser.parse_known_args()


@step
def load(seconds: float, rows: int = 100) -> Annotated[List[int], "numbers"]:
    """Returns the numbers that all other steps work on."""
    time.sleep(seconds)
    print(f"loaded {rows} rows")
    return list(range(rows))


@step
def validate(numbers: List[int], seconds: float) -> Annotated[bool, "is_valid"]:
    time.sleep(seconds)
    return all(number >= 0 for number in numbers)


@step
def left_features(numbers: List[int], seconds: float) -> Annotated[List[float], "left"]:
    time.sleep(seconds)
    return [number / 2 for number in numbers]


@step
def right_features(numbers: List[int], seconds: float) -> Annotated[List[float], "right"]:
    time.sleep(seconds)
    return [number * 2.0 for number in numbers]


@step(settings={})
def train(
    left: List[float], right: List[float], is_valid: bool, seconds: float, rate: float = 0.01
) -> Tuple[Annotated[Dict[str, float], "weights"], Annotated[float, "loss"]]:
    """Trains a model and prints its progress."""
    for epoch in range(1, 4):
        time.sleep(seconds / 3)
        print(f"epoch {epoch}/3 loss {1 / epoch:.3f}")
    log_metadata(metadata={"loss": 0.333, "epochs": 3})
    return {"w0": sum(left) * rate, "w1": sum(right) * rate}, 0.333


@step
def evaluate(weights: Dict[str, float], numbers: List[int], seconds: float) -> Annotated[float, "score"]:
    time.sleep(seconds)
    log_metadata(metadata={"score": 0.9, "nested": {"precision": 0.8, "recall": 0.7}})
    return 0.9


@step
def report(score: float, loss: float, seconds: float) -> Annotated[str, "summary"]:
    time.sleep(seconds)
    return f"score {score}, loss {loss}"


@pipeline(enable_cache=options.cache)
def success_pipeline(seconds: float):
    numbers = load(seconds)
    is_valid = validate(numbers, seconds)
    left = left_features(numbers, seconds)
    right = right_features(numbers, seconds)
    weights, loss = train(left, right, is_valid, seconds)
    score = evaluate(weights, numbers, seconds)
    report(score, loss, seconds)


if __name__ == "__main__":
    success_pipeline(options.seconds)
