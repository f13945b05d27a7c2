"""Jobs named WORKLOAD (Dagster's usual executor: a process for each op) and WORKLOAD_in_process."""

from dagster import Definitions, in_process_executor, job, op
from fibo import fibo


def chain(name, tasks, n, **settings):
    @op(name=f"{name}_work")
    def work(before: int) -> int:
        return fibo(n)

    @op(name=f"{name}_first")
    def first() -> int:
        return fibo(n)

    @job(name=name, **settings)
    def steps():
        value = first()
        for i in range(1, tasks):
            value = work.alias(f"{name}_{i}")(value)

    return steps


WORKLOADS = {"light": (40, 10), "long": (10, 33)}
defs = Definitions(
    jobs=[chain(name, *size) for name, size in WORKLOADS.items()]
    + [chain(f"{name}_in_process", *size, executor_def=in_process_executor) for name, size in WORKLOADS.items()]
)
