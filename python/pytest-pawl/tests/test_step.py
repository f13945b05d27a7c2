import pytest

from pytest_pawl import Step, hostile_tables

STEP = """
import csv, json, os, sys
step = json.load(open(os.environ["PAWL_STEP"]))
assert step["contract"] == 2
with open(step["inputs"]["days"]) as file:
    rows = list(csv.DictReader(file))
try:
    births = [float(row["births"] or "nan") for row in rows]
except ValueError as error:
    print("refused:", error)
    sys.exit(65)
if not births or not all(abs(value) < 1e9 for value in births):
    print("refused: no numbers")
    sys.exit(65)
total = sum(births) or step["parameters"]["instead"]
with open(step["metrics"], "a") as metrics:
    for i in range(10):
        metrics.write(json.dumps({"name": "loss", "step": i, "value": 1 / (i + 1)}) + "\\n")
with open(step["outputs"]["shares"], "w") as out:
    out.write("share\\n" + "".join(f"{value / total}\\n" for value in births))
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "days.csv").write_text("date,births\n1969-01-01,8486\n1969-01-02,9002\n")
    (folder / "step.py").write_text(STEP)
    return folder


@pytest.fixture
def make(project, tmp_path):
    def step(command="python3 step.py", instead=1, **settings):
        return Step(
            command,
            folder=tmp_path,
            project=project,
            **{"inputs": {"days": "days.csv"}, "outputs": {"shares": "table"}, "parameters": {"instead": instead}, **settings},
        )

    return step


def test_a_step_is_run_by_the_contract(make):
    run = make().assert_repeatable()
    assert run.outputs["shares"].read_text().startswith("share\n0.48")
    assert run.metrics["loss"][0] == 1 and run.metric("loss") == 0.1


def test_a_step_bears_hostile_tables(make, project):
    for table in hostile_tables(project / "days.csv"):
        make().assert_bears(table, "days")


def test_a_division_by_zero_is_found(make, project):
    zero = next(table for table in hostile_tables(project / "days.csv") if table.kind.name == "ZERO")
    with pytest.raises(AssertionError) as told:
        make(instead=0).assert_bears(zero, "days")
    assert "with nothing but 0 in column births, 1 row: it ended with exit code 1" in str(told.value)
    assert "ZeroDivisionError" in str(told.value)


def test_a_refusal_is_told(make, project):
    (project / "days.csv").write_text("births\nmany\n")
    assert make().run_to_refusal().startswith("refused: could not convert")
    with pytest.raises(AssertionError, match="ended with exit code 65; the end of its log"):
        make().run()


@pytest.mark.parametrize(
    "command, outputs, told",
    [
        ("true", {"shares": "table"}, "output 'shares' is missing"),
        ("echo share > $PAWL_OUTPUTS/shares.csv", {"shares": "table"}, "a table without rows"),
        ("echo NaN > $PAWL_OUTPUTS/mean.json", {"mean": "value"}, "output 'mean' is no value: it holds NaN"),
        ("echo '[1]' > $PAWL_OUTPUTS/scores.json", {"scores": "report"}, "output 'scores' is no report"),
        (": > $PAWL_OUTPUTS/m.onnx", {"m": "model"}, "output 'm' is empty"),
        ("""echo '{"name": "loss", "value": NaN}' >> $PAWL_METRICS""", {}, "metric 'loss' is nan"),
    ],
)
def test_a_broken_contract_is_told(make, command, outputs, told):
    with pytest.raises(AssertionError, match=told):
        make(command, outputs=outputs).run()


def test_what_differs_is_told(make):
    with pytest.raises(AssertionError, match=r"gave another output from the same inputs \(n, line 1 is '"):
        make('echo "$PAWL_STEP" > "$PAWL_OUTPUTS/n"', outputs={"n": "file"}).assert_repeatable()


def test_it_sees_nothing_else_of_the_environment_and_has_an_end(make, monkeypatch):
    monkeypatch.setenv("OTHER", "secret")
    make('test -z "$OTHER" && test "$OWN" = 1', outputs={}, environment={"OWN": "1"}).run()
    with pytest.raises(AssertionError, match="took longer than it may"):
        make("sleep 60", outputs={}, timeout=0.5).run()
