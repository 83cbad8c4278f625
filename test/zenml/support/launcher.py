"""Runs Python files as if each were started by `python FILE ARGUMENT…`, without importing ZenML again for each.

Reads one JSON object per line, with `id`, `file`, `args`, `output` and `errors` (the files that receive what is printed). Forks for
each line, and prints `{"id", "pid"}` at its start and `{"id", "code"}` at its end. Ends, with everything it started, when standard
input closes.
"""

import importlib
import json
import os
import signal
import sys
import types

# What running a pipeline imports; not every release has all of these.
MODULES = [
    "zenml",
    "zenml.client",
    "zenml.zen_stores.rest_zen_store",
    "zenml.artifact_stores.local_artifact_store",
    "zenml.orchestrators.local.local_orchestrator",
    "zenml.orchestrators.step_launcher",
    "zenml.orchestrators.step_runner",
    "zenml.pipelines.run_utils",
    "zenml.pipelines.pipeline_definition",
    "zenml.log_stores.artifact.artifact_log_store",
    "zenml.execution.pipeline.dynamic.runner",
]

running = {}


def say(message) -> None:
    os.write(1, (json.dumps(message) + "\n").encode())


def report_ended(*_) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        say({"id": running.pop(pid), "code": code})


def preload() -> None:
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            pass


def run(request) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    for descriptor, path in enumerate([os.devnull, request["output"], request["errors"]]):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    file = request["file"]
    sys.argv = [file, *request["args"]]
    sys.path[0] = os.path.dirname(file)
    main = types.ModuleType("__main__")
    main.__file__ = file
    sys.modules["__main__"] = main
    with open(file) as source:
        exec(compile(source.read(), file, "exec"), main.__dict__)


def main() -> None:
    preload()
    signal.signal(signal.SIGCHLD, report_ended)
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        # So that the end of a process is not reported before its start.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pid = os.fork()
        if pid == 0:
            # From here on this is a program like any other: it ends as the interpreter ends, with its own exit code.
            return run(request)
        running[pid] = request["id"]
        say({"id": request["id"], "pid": pid})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    for pid in list(running):
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
