"""A dynamic pipeline that asks a question between two steps.

    approval.py [--poll 1] [--timeout 600]
"""

import argparse

from zenml import pipeline, step, wait

parser = argparse.ArgumentParser()
parser.add_argument("--poll", type=int, default=1)
parser.add_argument("--timeout", type=int, default=600)
options, _ = parser.parse_known_args()


@step
def prepare() -> int:
    return 1


@step
def release() -> int:
    return 2


@pipeline(dynamic=True, enable_cache=False)
def approval_pipeline():
    prepare()
    wait(
        schema=bool,
        name="approve",
        question="Release to production?",
        metadata={"accuracy": 0.97},
        poll_interval=options.poll,
        timeout=options.timeout,
    )
    release()


if __name__ == "__main__":
    approval_pipeline()
