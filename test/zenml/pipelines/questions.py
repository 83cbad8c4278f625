"""A dynamic pipeline that asks one question of each type, and prints the answers.

    questions.py [--timeout 600]
"""

import argparse
from enum import Enum
from typing import Dict, List, Literal, Optional

from pydantic import BaseModel, Field

from zenml import pipeline, step, wait

parser = argparse.ArgumentParser()
parser.add_argument("--timeout", type=int, default=600)
options, _ = parser.parse_known_args()


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


class Release(BaseModel):
    target: Literal["staging", "prod"]
    replicas: int = Field(default=2, ge=1, le=10)
    note: Optional[str] = None


SCHEMAS = {
    "nothing": None,
    "boolean": bool,
    "integer": int,
    "number": float,
    "text": str,
    "literal": Literal["red", "green"],
    "enum": Size,
    "optional": Optional[int],
    "list": List[int],
    "record": Dict[str, int],
    "model": Release,
}


@step
def prepare() -> int:
    return 1


@pipeline(dynamic=True, enable_cache=False)
def questions_pipeline():
    prepare()
    for name, schema in SCHEMAS.items():
        value = wait(schema=schema, name=name, question=f"What {name}?", poll_interval=1, timeout=options.timeout)
        print(f"answer {name} {value!r}")


if __name__ == "__main__":
    questions_pipeline()
