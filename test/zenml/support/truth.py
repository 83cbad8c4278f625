"""Prints what ZenML's own Python client says about a run, as one line of JSON.

    truth.py RUN      an id or a name, or `latest`

Only the client's public functions are used: what they return is the truth that the program is compared with. Fields that
a release does not have are null.
"""

import inspect
import json
import sys
from datetime import datetime, timezone

from zenml.client import Client


def moment(value):
    """ISO 8601 in UTC with microseconds; the client's times carry no zone and are UTC."""
    if value is None:
        return None
    if value.tzinfo is not None:
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def word(value):
    return getattr(value, "value", value)


def as_list(value):
    return value if isinstance(value, list) else [value]


def version_of(artifact):
    data_type = artifact.body.data_type
    return {
        "id": str(artifact.id),
        "artifact": artifact.artifact.name,
        "version": str(artifact.version),
        "uri": artifact.uri,
        "type": getattr(data_type, "import_path", str(data_type)),
    }


def input_of(artifact):
    return {**version_of(artifact), "input_type": word(getattr(artifact, "input_type", None))}


def exception_of(info):
    if info is None:
        return None
    line = getattr(info, "user_code_line", None)
    return {
        "message": getattr(info, "message", None),
        "traceback": info.traceback,
        "line": line if line is not None else getattr(info, "step_code_line", None),
    }


def attempt_of(step):
    return {
        "id": str(step.id),
        "attempt": getattr(step, "version", None),
        "status": word(step.status),
        "started_at": moment(step.start_time),
        "ended_at": moment(step.end_time),
        # 0.84 stores the exception, but has no property for it.
        "exception": exception_of(getattr(step.get_metadata(), "exception_info", None)),
    }


def cache_of(client, run, step):
    enabled = step.config.enable_cache
    if enabled is None:
        enabled = run.config.enable_cache
    original = step.original_step_run_id
    came_from = None
    if original is not None:
        came_from = {
            "step_id": str(original),
            "run_id": str(client.get_run_step(original).pipeline_run_id),
        }
    return {"enabled": True if enabled is None else enabled, "key": step.cache_key, "from": came_from}


def step_of(client, run, attempts):
    latest = attempts[-1]
    retry = latest.config.retry
    group = getattr(latest.config, "group", None)
    return {
        "name": latest.name,
        **attempt_of(latest),
        "attempts": [attempt_of(attempt) for attempt in attempts],
        "upstream": list(latest.spec.upstream_steps),
        "group": None if group is None else {"name": group.name, "type": word(group.type)},
        "inputs": {name: [input_of(a) for a in as_list(found)] for name, found in latest.inputs.items()},
        "outputs": {name: [version_of(a) for a in as_list(found)] for name, found in latest.outputs.items()},
        "retry": None
        if retry is None
        else {"max_retries": retry.max_retries, "delay": retry.delay, "backoff": retry.backoff},
        "cache": cache_of(client, run, latest),
        "heartbeat_at": moment(getattr(latest, "latest_heartbeat", None)),
        "metadata": {key: repr(value) for key, value in latest.run_metadata.items()},
    }


def planned_of(client, run):
    """Names of the steps that a static pipeline was compiled with, each with its upstream."""
    if hasattr(client, "get_snapshot"):
        plan = client.get_snapshot(run.snapshot.id)
    else:
        plan = client.get_deployment(run.deployment_id)
    return {name: list(step.spec.upstream_steps) for name, step in plan.step_configurations.items()}


def steps_of(client, run):
    by_name = {}
    page = 1
    while True:
        answer = client.list_run_steps(pipeline_run_id=run.id, hydrate=True, size=200, page=page, sort_by="asc:created")
        for step in answer.items:
            by_name.setdefault(step.name, []).append(step)
        if page >= answer.total_pages:
            break
        page += 1
    for attempts in by_name.values():
        attempts.sort(key=lambda step: getattr(step, "version", 1))
    return [step_of(client, run, attempts) for attempts in by_name.values()]


def children_of(client, run):
    """Child runs, oldest first; a client that cannot list them knows none."""
    if "parent_run_id" not in inspect.signature(client.list_pipeline_runs).parameters:
        return []
    answer = client.list_pipeline_runs(parent_run_id=run.id, hydrate=True, size=100, sort_by="asc:created")
    return [
        {"name": child.name, "started_at": moment(child.start_time), "ended_at": moment(child.end_time)}
        for child in answer.items
    ]


def questions_of(client, run):
    """Wait conditions, oldest first; a client that cannot list them knows none."""
    if not hasattr(client, "list_run_wait_conditions"):
        return []
    answer = client.list_run_wait_conditions(pipeline_run=run.id, size=100, sort_by="asc:created")
    return [
        {"name": asked.name, "asked_at": moment(asked.created), "resolved_at": moment(asked.resolved_at)}
        for asked in answer.items
    ]


def main(wanted):
    client = Client()
    if wanted == "latest":
        wanted = client.list_pipeline_runs(sort_by="desc:created", size=1).items[0].id
    run = client.get_pipeline_run(wanted)
    info = client.zen_store.get_store_info()
    project = client.active_project
    truth = {
        "schema": "zentop-truth/1",
        "server": {"version": str(info.version)},
        "project": {"id": str(project.id), "name": project.name},
        "run": {
            "id": str(run.id),
            "name": run.name,
            "pipeline": run.pipeline.name,
            "index": getattr(run, "index", None),
            "status": word(run.status),
            "status_reason": getattr(run.body, "status_reason", None),
            "in_progress": getattr(run.body, "in_progress", None),
            "started_at": moment(run.start_time),
            "ended_at": moment(run.end_time),
            "stack": run.stack.name,
            "user": run.user.name,
            "exception": exception_of(getattr(run, "exception_info", None)),
        },
        "planned": planned_of(client, run),
        "steps": steps_of(client, run),
        "children": children_of(client, run),
        "questions": questions_of(client, run),
    }
    print("\n" + json.dumps(truth), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
