"""A dynamic pipeline that asks a question between two steps; a thread of this program answers it.

    waiting.py [--seconds 1] [--answer-after 4]
"""

import argparse
import threading
import time
from typing import Annotated

from zenml import pipeline, step, wait
from zenml.client import Client

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=1.0)
parser.add_argument("--answer-after", type=float, default=4.0)
options, _ = parser.parse_known_args()


@step
def prepare(seconds: float) -> Annotated[int, "prepared"]:
    time.sleep(seconds)
    return 1


@step
def deploy(prepared: int, seconds: float) -> None:
    time.sleep(seconds)


@pipeline(dynamic=True, enable_cache=False)
def waiting_pipeline(seconds: float):
    prepared = prepare(seconds)
    wait(question="Deploy?")
    deploy(prepared, seconds)


def answer() -> None:
    client = Client()
    for _ in range(600):
        for condition in client.list_run_wait_conditions(status="pending").items:
            time.sleep(options.answer_after)
            client.resolve_run_wait_condition(condition.id)
            return
        time.sleep(0.2)


if __name__ == "__main__":
    threading.Thread(target=answer, daemon=True).start()
    waiting_pipeline(options.seconds)
