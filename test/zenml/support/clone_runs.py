"""Copies a run: clone_runs.py DATABASE COUNT

Copies the oldest run COUNT times, each a minute older than the previous one, with its own name, ID and number. Every third
copy has failed. Prints the number of all runs. The server may be running at the same time.
"""

import sqlite3
import sys
import uuid
from datetime import datetime, timedelta

database, count = sys.argv[1], int(sys.argv[2])
connection = sqlite3.connect(database, timeout=30)
connection.row_factory = sqlite3.Row
model = dict(connection.execute("SELECT * FROM pipeline_run ORDER BY created LIMIT 1").fetchone())
columns = list(model)
times = [name for name in ("created", "updated", "start_time", "end_time") if model.get(name)]

with connection:
    for number in range(1, count + 1):
        row = dict(model)
        row["id"] = uuid.uuid4().hex
        row["name"] = f"clone-{number}"
        for name in times:
            moment = datetime.fromisoformat(str(model[name])) - timedelta(minutes=number)
            row[name] = moment.isoformat(sep=" ", timespec="microseconds")
        if number % 3 == 0:
            row["status"] = "failed"
        if row.get("orchestrator_run_id"):
            row["orchestrator_run_id"] = row["id"]
        if "index" in row:
            row["index"] = 1000 + number
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        connection.execute(f"INSERT INTO pipeline_run ({names}) VALUES ({marks})", [row[name] for name in columns])

print(connection.execute("SELECT count(*) FROM pipeline_run").fetchone()[0])
