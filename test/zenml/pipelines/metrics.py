"""What steps read, write and report about themselves; run it twice to see what changed.

    metrics.py [--lr 0.01] [--epochs 3]

Has an artifact from outside the pipeline, one saved by hand beforehand, several outputs, metadata of every type, settings,
substitutions and resources.
"""

import argparse
from typing import Annotated, Any, Dict, List, Tuple

from zenml import ArtifactConfig, ExternalArtifact, log_metadata, pipeline, save_artifact, step
from zenml.client import Client
from zenml.config import ResourceSettings

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.01)
parser.add_argument("--epochs", type=int, default=3)
options, _ = parser.parse_known_args()


@step
def load(rows: int) -> Tuple[Annotated[List[List[float]], "features"], Annotated[List[int], "labels"]]:
    features = [[float(row * column) for column in range(4)] for row in range(rows)]
    return features, [row % 2 for row in range(rows)]


@step(
    enable_cache=False,
    settings={"resources": ResourceSettings(cpu_count=2, memory="1GB")},
    extra={"team": "fraud", "reviewers": ["ada", "grace"]},
)
def train(
    features: List[List[float]],
    labels: List[int],
    weights: Dict[str, float],
    thresholds: List[float],
    lr: float,
    epochs: int,
) -> Annotated[Dict[str, Any], ArtifactConfig(name="model_{date}", tags=["candidate"])]:
    log_metadata(
        {
            "accuracy": round(1 - 0.1 * lr, 4),
            "loss": round(lr * 0.5 / epochs, 6),
            "epochs": epochs,
            "converged": epochs > 3,
            "optimizer": "adam",
            "curve": [round(lr / (epoch + 1), 5) for epoch in range(epochs)],
            "confusion": {"ok": {"ok": 90 + epochs, "fraud": 3}, "fraud": {"ok": 2, "fraud": 5}},
            "notes": "trained on two features\nthe others were constant",
        }
    )
    return {"weights": [lr] * epochs, "bias": sum(labels), "thresholds": thresholds, **weights}


@step
def evaluate(model: Dict[str, Any], labels: List[int]) -> Annotated[float, "score"]:
    return float(len(model) + len(labels))


@pipeline(enable_cache=True)
def metrics_pipeline(lr: float, epochs: int):
    # Not loaded before the step runs.
    thresholds = Client().get_artifact_version("thresholds")
    features, labels = load(rows=40)
    model = train(features, labels, ExternalArtifact(value={"fraud": 10.0, "ok": 1.0}), thresholds, lr, epochs)
    evaluate(model, labels)


if __name__ == "__main__":
    save_artifact([0.1, 0.5, 0.9], name="thresholds")
    metrics_pipeline(options.lr, options.epochs)
