"""compare.py ROOT FOLDER PREFECT_PYTHON JAVA_HOME ROUNDS: lets the engines take turns and prints the table. Started by `run`."""

import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import datetime

import dagster
from dagster_jobs import WORKLOADS

ROOT, FOLDER, PREFECT, JAVA_HOME = (pathlib.Path(word) for word in sys.argv[1:5])
ROUNDS = int(sys.argv[5])
HERE = pathlib.Path(__file__).parent
PYTHON = sys._base_executable  # without the peers' libraries, as a task of Pawl has none of them
LONGEST_RUN = 900
LAST_ROUND = time.monotonic() + 60 * float(os.environ.get("PAWL_PEERS_MINUTES", "40"))


def command(words, **options):
    """What it printed, and how many seconds it took. It ends with all that it started."""
    begin = time.monotonic()
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, start_new_session=True, **options) as process:
        try:
            output, errors = process.communicate(timeout=LONGEST_RUN)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    seconds = time.monotonic() - begin
    if process.returncode:
        raise SystemExit(f"{words}: {output[-2000:]}{errors[-4000:]}")
    return output, seconds


def span(workload, times):
    """Seconds from the first start to the last end, of as many tasks as there should be."""
    starts, ends = zip(*times)
    assert len(starts) == WORKLOADS[workload][0], f"{len(starts)} tasks in {workload}"
    return max(ends) - min(starts)


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def pawl(project):
    def run(workload):
        folder = FOLDER / f"{project}-{workload}"
        output, wall = command([ROOT / "pawl", "run", "--json"], cwd=folder)
        report = json.loads(output)
        assert report["state"] == "SUCCEEDED" and all(step["cached_from"] is None for step in report["steps"])
        return span(workload, [(instant(s["started_at"]), instant(s["ended_at"])) for s in report["steps"]]), wall

    return run


def pawl_projects():
    """In Python a step is a command; in Java it is a method, and the class is compiled here, once."""
    for workload, (tasks, n) in WORKLOADS.items():
        steps = ""
        for i in range(tasks):
            inputs = f"inputs: {{ before: t{i - 1} }}, " if i else ""
            steps += f"    t{i}: {{ run: {PYTHON} fibo.py {n}, {inputs}outputs: {{ out: file }}, cache: false }}\n"
        project = FOLDER / f"python-{workload}"
        project.mkdir()
        (project / "fibo.py").write_text((HERE / "fibo.py").read_text())
        (project / "pawl.yaml").write_text(
            f"project: fibo\nci: {{ package: [fibo.py] }}\npipeline:\n  steps:\n{steps}"
        )
        java_project(FOLDER / f"java-{workload}", tasks, n)


def java_project(project, tasks, n):
    lib = project / "lib"
    lib.mkdir(parents=True)
    sdk = next((ROOT / "sdk/target").glob("pawl-sdk-*[0-9].jar"))
    (lib / sdk.name).write_bytes(sdk.read_bytes())
    methods = "".join(
        f'    @dev.pawl.sdk.Step public int t{i}({f"""@dev.pawl.sdk.From("t{i - 1}") int before""" if i else ""}) '
        f"{{ return Fibo.of({n}); }}\n"
        for i in range(tasks)
    )
    (project / "Chain.java").write_text(f"public final class Chain {{\n{methods}}}\n")
    classes = [HERE / "Fibo.java", project / "Chain.java"]
    command([JAVA_HOME / "bin/javac", "-parameters", "-cp", lib / sdk.name, "-d", project / "classes", *classes])
    command([JAVA_HOME / "bin/jar", "cf", lib / "chain.jar", "-C", project / "classes", "."])
    steps = "".join(f"    t{i}: {{ cache: false }}\n" for i in range(tasks))
    (project / "pawl.yaml").write_text(
        f"project: fibo\nci: {{ package: [lib] }}\npipeline:\n  class: Chain\n  steps:\n{steps}"
    )


def ask_prefect(path, question=None):
    body = None if question is None else json.dumps(question).encode()
    request = urllib.request.Request(os.environ["PREFECT_API_URL"] + path, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for_prefect():
    for _ in range(3000):
        try:
            return ask_prefect("/health")
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the Prefect server did not start: " + (FOLDER / "prefect.log").read_text())


def run_prefect(workload):
    tasks, n = WORKLOADS[workload]
    output, wall = command([PREFECT, HERE / "prefect_flow.py", str(tasks), str(n)])
    run = next(line.split()[1] for line in output.splitlines() if line.startswith("run "))
    # Its server hears of tasks by events, which come a little later than the end of the flow.
    for _ in range(300):
        rows = ask_prefect("/task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
        if len(rows) == tasks and all(row["state_type"] == "COMPLETED" for row in rows):
            return span(workload, [(instant(row["start_time"]), instant(row["end_time"])) for row in rows]), wall
        time.sleep(0.2)
    raise SystemExit(f"Prefect knows only of {len(rows)} tasks that are done")


def run_dagster(suffix):
    def run(workload):
        file = str(HERE / "dagster_jobs.py")
        binary = pathlib.Path(sys.executable).parent / "dagster"
        _, wall = command([binary, "job", "execute", "-f", file, "-j", workload + suffix], cwd=HERE)
        with dagster.DagsterInstance.get() as instance:
            done = instance.get_runs(limit=1)[0]
            assert done.status == dagster.DagsterRunStatus.SUCCESS
            stats = instance.get_run_step_stats(done.run_id)
        return span(workload, [(step.start_time, step.end_time) for step in stats]), wall

    return run


ENGINES = {
    "Pawl, Python commands": pawl("python"),
    "Prefect": run_prefect,
    "Dagster": run_dagster(""),
    "Dagster, in-process": run_dagster("_in_process"),
    "Pawl, Java in a warm worker": pawl("java"),
}


def rounds():
    figures = {}
    for turn in range(ROUNDS + 1):
        if turn > 1 and time.monotonic() > LAST_ROUND:
            print(f"peers: no time for round {turn}", file=sys.stderr)
            break
        for workload in WORKLOADS:
            for engine, run in ENGINES.items():
                tasks, wall = run(workload)
                print(f"peers: round {turn}, {workload}, {engine}: {tasks:.2f} s, {wall:.2f} s", file=sys.stderr)
                if turn:  # the first round only warms up
                    figures.setdefault((workload, engine), []).append((tasks, wall))
    return figures


def cell(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("peers: stopped"))
    pawl_projects()
    wait_for_prefect()
    figures = rounds()
    print(
        f"{len(next(iter(figures.values())))} rounds, Python {platform.python_version()}, "
        f"Prefect {ask_prefect('/admin/version')}, Dagster {dagster.__version__}. Seconds: median (least to most).\n"
    )
    print("| workflow | engine | first task to last | ms per task | whole command |\n|---|---|---|---|---|")
    for (workload, engine), rows in figures.items():
        tasks, n = WORKLOADS[workload]
        spans, walls = zip(*rows)
        each = statistics.median(spans) * 1000 / tasks
        print(f"| {tasks} × fibo({n}) | {engine} | {cell(spans)} | {each:.0f} | {cell(walls)} |")


main()
