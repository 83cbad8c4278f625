"""A step that writes every kind of log line.

    logs.py [--lines 200] [--pause 0.01]
"""

import argparse
import logging
import sys
import time

from zenml import pipeline, step

parser = argparse.ArgumentParser()
parser.add_argument("--lines", type=int, default=200)
parser.add_argument("--pause", type=float, default=0.01)
options, _ = parser.parse_known_args()


@step
def chatter(lines: int, pause: float) -> None:
    print("\x1b[32mgreen\x1b[0m and \x1b[1;31mbold red\x1b[0m")
    print("a\ttab, wide 漢字 and an emoji 🚀")
    print("two\nlines")
    print("to stderr", file=sys.stderr)
    logging.getLogger("chatter").warning("a warning from logging")
    for percent in range(0, 101, 10):
        sys.stdout.write(f"\rprogress {percent:3d}%")
        sys.stdout.flush()
        time.sleep(pause)
    print()
    print("x" * 12_000)
    print("bad \x1b]52;c;aGVsbG8=\x07 sequence \x1b[2J and bidi \u202eabc\u202c")
    for line in range(1, lines + 1):
        print(f"line {line} of {lines}")
        time.sleep(pause)


@pipeline(enable_cache=False)
def logs_pipeline(lines: int, pause: float):
    chatter(lines, pause)


if __name__ == "__main__":
    logs_pipeline(options.lines, options.pause)
