"""A step that fails a number of times and is retried.

    retry.py --counter FILE [--failures 2] [--retries 2] [--delay 1] [--seconds 1]

With more failures than retries the run fails.
"""

import argparse
import time
from pathlib import Path
from typing import Annotated

from zenml import pipeline, step
from zenml.config.retry_config import StepRetryConfig

parser = argparse.ArgumentParser()
parser.add_argument("--counter", required=True, help="a file that counts the attempts")
parser.add_argument("--failures", type=int, default=2)
parser.add_argument("--retries", type=int, default=2)
parser.add_argument("--delay", type=int, default=1)
parser.add_argument("--seconds", type=float, default=1.0)
options, _ = parser.parse_known_args()


@step
def fetch(seconds: float) -> Annotated[int, "size"]:
    time.sleep(seconds)
    return 3


@step(retry=StepRetryConfig(max_retries=options.retries, delay=options.delay, backoff=2))
def flaky(size: int, counter: str, failures: int, seconds: float) -> Annotated[int, "answer"]:
    time.sleep(seconds)
    file = Path(counter)
    attempt = int(file.read_text()) + 1 if file.exists() else 1
    file.write_text(str(attempt))
    if attempt <= failures:
        raise ConnectionError(f"attempt {attempt} found nobody there")
    return size


@step
def use(answer: int, seconds: float) -> None:
    time.sleep(seconds)


@pipeline(enable_cache=False)
def retry_pipeline(counter: str, failures: int, seconds: float):
    size = fetch(seconds)
    answer = flaky(size, counter, failures, seconds)
    use(answer, seconds)


if __name__ == "__main__":
    retry_pipeline(options.counter, options.failures, options.seconds)
