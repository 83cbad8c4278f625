"""Makes a large run out of a small one: clone_steps.py DATABASE SIZE, or clone_steps.py DATABASE RUN --churn SECONDS

Adds a run in progress with SIZE steps: the first step of the oldest run, and copies of another of its steps, two fifths of them
completed, some running, the others planned. Prints its ID. With `--churn`, five running steps of that run end and five completed
ones run again each second. The server may be running at the same time.
"""

import json
import sqlite3
import sys
import time
import uuid
from datetime import datetime, timedelta, timezone

COPIED = "validate"
FIRST = "load"


def now(minus_seconds: float = 0) -> str:
    moment = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(seconds=minus_seconds)
    return moment.isoformat(sep=" ", timespec="microseconds")


def read_rows(connection, query, *values):
    return [dict(row) for row in connection.execute(query, values).fetchall()]


def insert(connection, table, row):
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))


def copy_row(row, **changes):
    fresh = {"id": uuid.uuid4().hex} if "id" in row else {}
    return {**row, **fresh, **changes}


def clone(connection, size: int) -> str:
    (model,) = read_rows(connection, "SELECT * FROM pipeline_run ORDER BY created LIMIT 1")
    (snapshot,) = read_rows(connection, "SELECT * FROM pipeline_snapshot WHERE id = ?", model["snapshot_id"])
    configurations = read_rows(connection, "SELECT * FROM step_configuration WHERE snapshot_id = ?", snapshot["id"])
    by_name = {row["name"]: row for row in configurations}
    steps = {row["name"]: row for row in read_rows(connection, "SELECT * FROM step_run WHERE pipeline_run_id = ?", model["id"])}
    step = steps[COPIED]
    inputs = read_rows(connection, "SELECT * FROM step_run_input_artifact WHERE step_id = ?", step["id"])
    outputs = read_rows(connection, "SELECT * FROM step_run_output_artifact WHERE step_id = ?", step["id"])
    logs = read_rows(connection, "SELECT * FROM logs WHERE step_run_id = ?", step["id"])

    own_snapshot = copy_row(snapshot, step_count=size)
    insert(connection, "pipeline_snapshot", own_snapshot)
    run = copy_row(
        model, name=f"large-{size}-{uuid.uuid4().hex[:6]}", snapshot_id=own_snapshot["id"], status="running", in_progress=1,
        start_time=now(1800), end_time=None, created=now(), updated=now(), orchestrator_run_id=uuid.uuid4().hex,
        index=100_000 + size,
    )
    insert(connection, "pipeline_run", run)

    first = steps[FIRST]
    own_first = copy_row(first, pipeline_run_id=run["id"], snapshot_id=own_snapshot["id"], start_time=now(1800),
                         end_time=now(1799), created=now(1800), updated=now(1799))
    insert(connection, "step_configuration", copy_row(by_name[FIRST], snapshot_id=own_snapshot["id"], index=0))
    insert(connection, "step_run", own_first)

    done, running = size * 2 // 5, min(100, max(4, size // 5))
    for number in range(1, size):
        name = f"{COPIED}_{number:04d}"
        config = json.loads(by_name[COPIED]["config"])
        config["spec"]["invocation_id"] = name
        insert(connection, "step_configuration",
               copy_row(by_name[COPIED], snapshot_id=own_snapshot["id"], index=number, name=name, config=json.dumps(config)))
        if number > done + running:
            continue
        is_done = number <= done
        seconds_ago = 1700 - 1600 * number / size
        own = copy_row(
            step, name=name, pipeline_run_id=run["id"], snapshot_id=own_snapshot["id"],
            status="completed" if is_done else "running", start_time=now(seconds_ago),
            end_time=now(seconds_ago - 20) if is_done else None, created=now(seconds_ago), updated=now(seconds_ago - 20 if is_done else seconds_ago),
        )
        insert(connection, "step_run", own)
        insert(connection, "step_run_parents", {"parent_id": own_first["id"], "child_id": own["id"]})
        for row in inputs:
            insert(connection, "step_run_input_artifact", {**row, "step_id": own["id"]})
        for row in outputs if is_done else []:
            insert(connection, "step_run_output_artifact", {**row, "step_id": own["id"]})
        for row in logs:
            insert(connection, "logs", copy_row(row, step_run_id=own["id"]))
    return str(uuid.UUID(run["id"]))


def churn(connection, run: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    pick = "SELECT id FROM step_run WHERE pipeline_run_id = ? AND status = ? AND name != ? ORDER BY updated LIMIT 5"
    while time.monotonic() < until:
        with connection:
            ending, starting = (
                [row["id"] for row in read_rows(connection, pick, uuid.UUID(run).hex, status, FIRST)]
                for status in ("running", "completed")
            )
            for step in ending:
                connection.execute("UPDATE step_run SET status = 'completed', end_time = ?, updated = ? WHERE id = ?",
                                   (now(), now(), step))
            for step in starting:
                connection.execute("UPDATE step_run SET status = 'running', start_time = ?, end_time = NULL, updated = ? WHERE id = ?",
                                   (now(), now(), step))
        time.sleep(1)


if __name__ == "__main__":
    database, what, *rest = sys.argv[1:]
    connection = sqlite3.connect(database, timeout=30)
    connection.row_factory = sqlite3.Row
    if rest[:1] == ["--churn"]:
        churn(connection, what, float(rest[1]))
    else:
        with connection:
            print(clone(connection, int(what)))
