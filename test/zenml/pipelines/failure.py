"""One branch fails with a chained exception; the other continues if this version of ZenML lets it.

    failure.py [--seconds 1]
"""

import argparse
import time
from typing import Annotated

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=1.0, help="how long each step takes")
options, _ = parser.parse_known_args()


@step
def prepare(seconds: float) -> Annotated[int, "amount"]:
    time.sleep(seconds)
    return 7


def divide(amount: int, parts: int) -> float:
    return amount / parts


@step
def explode(amount: int, seconds: float) -> Annotated[float, "share"]:
    time.sleep(seconds)
    print("about to divide")
    try:
        return divide(amount, 0)
    except ZeroDivisionError as error:
        raise ValueError("cannot share 7 among nobody\nsecond line of the message") from error


@step
def after_explosion(share: float, seconds: float) -> None:
    time.sleep(seconds)


@step
def sibling(amount: int, seconds: float) -> Annotated[int, "doubled"]:
    time.sleep(seconds)
    return amount * 2


@step
def after_sibling(doubled: int, seconds: float) -> None:
    time.sleep(seconds)


@pipeline(enable_cache=False)
def failure_pipeline(seconds: float):
    amount = prepare(seconds)
    share = explode(amount, seconds)
    after_explosion(share, seconds)
    doubled = sibling(amount, seconds)
    after_sibling(doubled, seconds)


if __name__ == "__main__":
    failure_pipeline(options.seconds)
