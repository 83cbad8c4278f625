"""A step that reports its progress: in its metadata, in its log, or as events (ZenML 0.94.5 and later).

    progress.py [--seconds 20] [--by metadata|log|events] [--lr 0.01] [--fail]
"""

import argparse
import time
from typing import Annotated

from zenml import log_metadata, pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=20)
parser.add_argument("--by", choices=["metadata", "log", "events"], default="log")
parser.add_argument("--lr", type=float, default=0.01)
parser.add_argument("--fail", action="store_true")
options, _ = parser.parse_known_args()


@step(enable_cache=False)
def train(seconds: float, by: str, lr: float, fail: bool) -> Annotated[float, "model"]:
    total = 10
    for epoch in range(1, total + 1):
        if by == "metadata":
            log_metadata({"epoch": epoch, "total": total, "loss": round(lr / epoch, 4)})
        elif by == "events":
            from zenml.streaming import publish

            publish({"step": epoch, "total": total, "loss": round(lr / epoch, 4)}, kind="progress")
        else:
            print(f"epoch {epoch}/{total}")
        time.sleep(seconds / total)
    if fail:
        raise RuntimeError("the loss exploded")
    return lr


@pipeline(tags=["nightly"])
def progress_pipeline(seconds: float, by: str, lr: float, fail: bool):
    train(seconds, by, lr, fail)


if __name__ == "__main__":
    progress_pipeline(options.seconds, options.by, options.lr, options.fail)
