"""A run of two steps that reaches its orchestrator only after a while; until then it is initializing.

    late.py [--seconds 15] [--work 4]
"""

import argparse
import time

from zenml import pipeline, step
from zenml.orchestrators.local.local_orchestrator import LocalOrchestrator

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=15, help="how long the run is initializing")
parser.add_argument("--work", type=float, default=4, help="how long each step takes")
options, _ = parser.parse_known_args()

submit_pipeline = LocalOrchestrator.submit_pipeline


def submit_late(*args, **kwargs):
    time.sleep(options.seconds)
    return submit_pipeline(*args, **kwargs)


LocalOrchestrator.submit_pipeline = submit_late


@step
def prepare(seconds: float) -> int:
    time.sleep(seconds)
    return 1


@step
def finish(prepared: int, seconds: float) -> None:
    time.sleep(seconds)


@pipeline(enable_cache=False)
def late_pipeline(seconds: float):
    finish(prepare(seconds), seconds)


if __name__ == "__main__":
    late_pipeline(options.work)
