"""Runs a step that is a command as Pawl would, by version 2 of the step contract."""

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_pawl.hostile import HostileTable
from pytest_pawl.judge import BrokenContract, Failed, Refused, judge
from pytest_pawl.repeatable import difference
from pytest_pawl.tables import parse
from pytest_pawl.values import Values

CONTRACT = 2
REFUSED = 65
_ENDINGS = {"table": ".csv", "model": ".onnx", "report": ".json", "record": ".json", "value": ".json", "file": "", "folder": ""}
_LINES_TOLD = 20
_NOT_PART_OF_A_PACKAGE = {".git", ".pawl", ".venv", "venv", "target"}


@dataclass(frozen=True)
class StepRun:
    """How one run of a step ended."""

    exit: int | None
    log: str
    outputs: Mapping[str, Path]
    metrics: Mapping[str, list[float]]

    @property
    def refused(self) -> bool:
        """Whether it refused its input on purpose."""
        return self.exit == REFUSED

    def metric(self, name: str) -> float:
        """The value that was logged last."""
        if name not in self.metrics:
            raise AssertionError(f"metric '{name}' was never logged; there are {sorted(self.metrics)}")
        return self.metrics[name][-1]


@dataclass(frozen=True)
class Step:
    """A command, and what it gets: `inputs` are files, `outputs` have types (table, model, report, record, value, file, folder)."""

    command: str
    folder: Path
    project: Path = Path(".")
    name: str = "step"
    inputs: Mapping[str, Any] | None = None
    outputs: Mapping[str, str] | None = None
    parameters: Mapping[str, Any] | None = None
    environment: Mapping[str, str] | None = None
    timeout: float = 600

    def run(self) -> StepRun:
        """Runs it once and requires that it succeeds and gives what it declares."""
        run = self.run_anyway()
        if run.exit != 0:
            raise AssertionError(f"step '{self.name}' {_how(run)}")
        return run

    def run_to_refusal(self) -> str:
        """Runs it once and requires that it refuses its input, with exit code 65; gives the last line of its log."""
        run = self.run_anyway()
        if not run.refused:
            raise AssertionError(f"step '{self.name}' did not refuse its input: it {_how(run)}")
        return next((line for line in reversed(run.log.splitlines()) if line.strip()), "")

    def assert_repeatable(self) -> StepRun:
        """Runs it twice and requires the same outputs."""
        first, second = self.run(), self.run()
        for name in first.outputs:
            found = difference(_content(first.outputs[name]), _content(second.outputs[name]), name)
            if found:
                raise AssertionError(
                    f"step '{self.name}' gave another output from the same inputs ({found}): fix its seeds, leave clock and"
                    " network out, or say 'cache: false' of it"
                )
        return first

    def assert_bears(self, table: HostileTable, input: str) -> None:
        """Runs it with a hostile table as one of its inputs: it gives finite results, or refuses with exit code 65."""

        def call(csv: str) -> Values:
            file = _made(self.folder / "hostile") / f"{input}.csv"
            file.write_bytes(csv.encode())
            return _values(self.run_anyway({**(self.inputs or {}), input: file}), self.outputs or {})

        judge(table, call, self.folder / "failing")

    def run_anyway(self, inputs: Mapping[str, Any] | None = None) -> StepRun:
        """Runs it once, however it ends; what it gives is checked where it succeeds."""
        place = _fresh(self.folder)
        files = (self.inputs or {}) if inputs is None else inputs
        given = {name: str(self._file(path)) for name, path in files.items()}
        outputs = {name: place / "outputs" / (name + _ENDINGS[kind]) for name, kind in (self.outputs or {}).items()}
        call = {
            "contract": CONTRACT,
            "run": "run-of-a-test",
            "step": self.name,
            "attempt": 1,
            "as_of": "2000-01-01T00:00:00Z",
            "parameters": dict(self.parameters or {}),
            "inputs": given,
            "outputs": {name: str(path) for name, path in outputs.items()},
            "metrics": str(place / "metrics.jsonl"),
            "work": str(place / "work"),
        }
        (place / "step.json").write_text(json.dumps(call), encoding="utf-8")
        exit_code, log = self._execute(place, given)
        if exit_code == 0:
            for name, path in outputs.items():
                _check(name, (self.outputs or {})[name], path)
        metrics = _metrics(place / "metrics.jsonl") if exit_code == 0 else {}
        return StepRun(exit_code, log, outputs, metrics)

    def _file(self, path: Any) -> Path:
        file = (self.project / path).absolute()
        if not file.exists():
            raise ValueError(f"there is nothing at {file}")
        return file

    def _execute(self, place: Path, inputs: Mapping[str, str]) -> tuple[int | None, str]:
        work = place / "work"
        for entry in Path(self.project).absolute().iterdir():
            if entry.name not in _NOT_PART_OF_A_PACKAGE:
                (work / entry.name).symlink_to(entry)
        for name, path in inputs.items():
            (place / "inputs" / (name + Path(path).suffix)).symlink_to(path)
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(
                ["sh", "-c", self.command],
                cwd=work,
                env=self._variables(place),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code = process.wait(self.timeout)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                _end(process)
        return code, (place / "log").read_text(encoding="utf-8", errors="replace")

    def _variables(self, place: Path) -> dict[str, str]:
        """Nothing else of this process's environment reaches it."""
        kept = {name: os.environ[name] for name in ("HOME", "JAVA_HOME") if name in os.environ}
        return kept | {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "LANG": "C.UTF-8",
            "PAWL_STEP": str(place / "step.json"),
            "PAWL_INPUTS": str(place / "inputs"),
            "PAWL_OUTPUTS": str(place / "outputs"),
            "PAWL_METRICS": str(place / "metrics.jsonl"),
            "PAWL_PACKAGE": str(Path(self.project).absolute()),
            **(self.environment or {}),
        }


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fresh(folder: Path) -> Path:
    number = 1
    while (folder / f"attempt-{number}").exists():
        number += 1
    place = folder.absolute() / f"attempt-{number}"
    for part in ("inputs", "outputs", "work"):
        (place / part).mkdir(parents=True)
    return place


def _end(process: "subprocess.Popen[bytes]") -> None:
    """What a step leaves running ends with it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _how(run: StepRun) -> str:
    tail = "\n".join(run.log.splitlines()[-_LINES_TOLD:])
    how = "took longer than it may" if run.exit is None else f"ended with exit code {run.exit}"
    return how + (f"; the end of its log:\n{tail}" if tail else "")


def _check(name: str, kind: str, path: Path) -> None:
    """Of its declared type, or BrokenContract."""
    if not (path.is_dir() if kind == "folder" else path.is_file() and not path.is_symlink()):
        raise BrokenContract(f"output '{name}' is missing: there is no {kind} at {path}")
    if kind == "table" and len(_rows(name, path)) < 2:
        raise BrokenContract(f"output '{name}' is a table without rows")
    if kind == "model" and path.stat().st_size == 0:
        raise BrokenContract(f"output '{name}' is empty")
    if kind in ("report", "record", "value"):
        _check_json(name, kind, path)


def _rows(name: str, path: Path) -> list:
    try:
        return parse(path.read_bytes().decode("utf-8"), name)
    except ValueError as error:
        raise BrokenContract(f"output '{name}' is no table: {error}") from error


def _check_json(name: str, kind: str, path: Path) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(f"it holds {constant}, which is no JSON")

    try:
        value = json.loads(path.read_bytes().decode("utf-8"), parse_constant=refuse)
    except ValueError as error:
        raise BrokenContract(f"output '{name}' is no {kind}: {error}") from error
    scalar = (str, bool, int, float)
    right = isinstance(value, scalar) if kind == "value" else isinstance(value, dict)
    if kind == "report":
        right = right and all(isinstance(one, scalar) for one in value.values())
    if not right:
        raise BrokenContract(f"output '{name}' is no {kind}")


def _metrics(file: Path) -> dict[str, list[float]]:
    metrics: dict[str, list[float]] = {}
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            point = json.loads(line)
            name, value = point["name"], float(point["value"])
        except (ValueError, TypeError, KeyError) as error:
            raise BrokenContract(f"line {number} of its metrics is none: {line}") from error
        if not math.isfinite(value):
            raise BrokenContract(f"metric '{name}' is {value}")
        metrics.setdefault(name, []).append(value)
    return metrics


def _values(run: StepRun, outputs: Mapping[str, str]) -> Values:
    if run.refused:
        raise Refused(run.log)
    if run.exit != 0:
        raise Failed(
            f"it {_how(run)}\nA command that refuses its input says why and ends with exit code {REFUSED}"
        )
    values = Values()
    for name, kind in outputs.items():
        if kind == "table":
            values.add_csv(name, run.outputs[name].read_text(encoding="utf-8"))
    return values


def _content(path: Path) -> Any:
    return {str(p.relative_to(path)): p for p in sorted(path.rglob("*")) if p.is_file()} if path.is_dir() else path
