"""The work of every task, the same for all engines; as a program it is a step of Pawl."""

import os
import pathlib
import sys


def fibo(n: int) -> int:
    return n if n < 2 else fibo(n - 1) + fibo(n - 2)


if __name__ == "__main__":
    pathlib.Path(os.environ["PAWL_OUTPUTS"], "out").write_text(str(fibo(int(sys.argv[1]))))
