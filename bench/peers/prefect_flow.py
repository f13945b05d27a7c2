"""prefect_flow.py TASKS N: one run of the flow, each task after the one before. Prints the run's id."""

import sys

from fibo import fibo
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import get_run_context


@task(cache_policy=NO_CACHE)
def work(before: int, n: int) -> int:
    return fibo(n)


@flow
def chain(tasks: int, n: int) -> str:
    value = 0
    for _ in range(tasks):
        value = work(value, n)
    return str(get_run_context().flow_run.id)


if __name__ == "__main__":
    print("run", chain(int(sys.argv[1]), int(sys.argv[2])))
