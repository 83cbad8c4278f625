"""A ZenML server that ends with the process that started it.

Standard input is a pipe held by that process: when it closes, for whatever reason, the server ends and its folder
of temporary files, given as the second argument, is removed.
"""

import os
import shutil
import signal
import sys
import threading
import time

import uvicorn


def end_with_parent(folder: str) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(3)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    port, folder = int(sys.argv[1]), sys.argv[2]
    threading.Thread(target=end_with_parent, args=(folder,), daemon=True).start()
    uvicorn.run("zenml.zen_server.zen_server_api:app", host="127.0.0.1", port=port, log_level="warning")
