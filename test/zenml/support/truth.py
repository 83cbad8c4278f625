"""Prints what ZenML's own Python client says about a run, as one line of JSON.

    truth.py RUN      an ID or a name, or `latest`

Only the client's public functions are used: what they return is the truth that the program is compared with. Fields that
a release does not have are null.
"""

import inspect
import json
import sys
from datetime import datetime, timezone

from zenml.client import Client


def format_time(value):
    """ISO 8601 in UTC with microseconds; the client's times carry no zone and are UTC."""
    if value is None:
        return None
    if value.tzinfo is not None:
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def get_word(value):
    """The text of an enum member; anything else unchanged."""
    return getattr(value, "value", value)


def as_list(value):
    return value if isinstance(value, list) else [value]


def describe_version(artifact):
    data_type = artifact.body.data_type
    return {
        "id": str(artifact.id),
        "artifact": artifact.artifact.name,
        "version": str(artifact.version),
        "uri": artifact.uri,
        "type": getattr(data_type, "import_path", str(data_type)),
    }


def describe_input(artifact):
    return {**describe_version(artifact), "input_type": get_word(getattr(artifact, "input_type", None))}


def describe_exception(info):
    if info is None:
        return None
    line = getattr(info, "user_code_line", None)
    return {
        "message": getattr(info, "message", None),
        "traceback": info.traceback,
        "line": line if line is not None else getattr(info, "step_code_line", None),
    }


def describe_attempt(step):
    return {
        "id": str(step.id),
        "attempt": getattr(step, "version", None),
        "status": get_word(step.status),
        "started_at": format_time(step.start_time),
        "ended_at": format_time(step.end_time),
        # 0.84 stores the exception, but has no property for it.
        "exception": describe_exception(getattr(step.get_metadata(), "exception_info", None)),
    }


def describe_cache(client, run, step):
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


def describe_step(client, run, attempts):
    latest = attempts[-1]
    retry = latest.config.retry
    group = getattr(latest.config, "group", None)
    return {
        "name": latest.name,
        **describe_attempt(latest),
        "attempts": [describe_attempt(attempt) for attempt in attempts],
        "upstream": list(latest.spec.upstream_steps),
        "group": None if group is None else {"name": group.name, "type": get_word(group.type)},
        "inputs": {name: [describe_input(a) for a in as_list(found)] for name, found in latest.inputs.items()},
        "outputs": {name: [describe_version(a) for a in as_list(found)] for name, found in latest.outputs.items()},
        "retry": None
        if retry is None
        else {"max_retries": retry.max_retries, "delay": retry.delay, "backoff": retry.backoff},
        "cache": describe_cache(client, run, latest),
        "heartbeat_at": format_time(getattr(latest, "latest_heartbeat", None)),
    }


def list_planned_steps(client, run):
    """Names of the steps that a static pipeline was compiled with, each with its upstream."""
    if hasattr(client, "get_snapshot"):
        plan = client.get_snapshot(run.snapshot.id)
    else:
        plan = client.get_deployment(run.deployment_id)
    return {name: list(step.spec.upstream_steps) for name, step in plan.step_configurations.items()}


def list_steps(client, run):
    by_name = {}
    page = 1
    while True:
        response = client.list_run_steps(pipeline_run_id=run.id, hydrate=True, size=200, page=page, sort_by="asc:created")
        for step in response.items:
            by_name.setdefault(step.name, []).append(step)
        if page >= response.total_pages:
            break
        page += 1
    for attempts in by_name.values():
        attempts.sort(key=lambda step: getattr(step, "version", 1))
    return [describe_step(client, run, attempts) for attempts in by_name.values()]


def list_children(client, run):
    """Child runs, oldest first; none if the client cannot list them."""
    if "parent_run_id" not in inspect.signature(client.list_pipeline_runs).parameters:
        return []
    response = client.list_pipeline_runs(parent_run_id=run.id, hydrate=True, size=100, sort_by="asc:created")
    return [
        {"name": child.name, "started_at": format_time(child.start_time), "ended_at": format_time(child.end_time)}
        for child in response.items
    ]


def list_questions(client, run):
    """Wait conditions, oldest first; none if the client cannot list them."""
    if not hasattr(client, "list_run_wait_conditions"):
        return []
    response = client.list_run_wait_conditions(pipeline_run=run.id, size=100, sort_by="asc:created")
    return [
        {"name": question.name, "asked_at": format_time(question.created), "resolved_at": format_time(question.resolved_at)}
        for question in response.items
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
            "status": get_word(run.status),
            "status_reason": getattr(run.body, "status_reason", None),
            "in_progress": getattr(run.body, "in_progress", None),
            "started_at": format_time(run.start_time),
            "ended_at": format_time(run.end_time),
            "stack": run.stack.name,
            "user": run.user.name,
            "exception": describe_exception(getattr(run, "exception_info", None)),
        },
        "planned": list_planned_steps(client, run),
        "steps": list_steps(client, run),
        "children": list_children(client, run),
        "questions": list_questions(client, run),
    }
    print("\n" + json.dumps(truth), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
