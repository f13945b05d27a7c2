import json

import pytest

from births import pawl_step
from births.table import Table


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Starts a step as Pawl does, and gives the folder that its files are in."""

    def start(inputs, outputs, parameters=None, contract=2):
        step = {
            "contract": contract,
            "parameters": parameters or {},
            "inputs": {name: str(tmp_path / file) for name, file in inputs.items()},
            "outputs": {name: str(tmp_path / file) for name, file in outputs.items()},
            "metrics": str(tmp_path / "metrics.jsonl"),
        }
        (tmp_path / "step.json").write_text(json.dumps(step))
        monkeypatch.setenv("PAWL_STEP", str(tmp_path / "step.json"))
        return tmp_path

    return start


def test_a_function_gets_inputs_and_parameters_by_name_and_its_table_is_written(started):
    folder = started({"days": "days.csv"}, {"last": "last.csv"}, {"count": 1})
    (folder / "days.csv").write_text("date,births\n1969-01-01,8486\n1969-01-02,\n")

    pawl_step.run(lambda days, count: days.last(count))

    assert (folder / "last.csv").read_text() == "date,births\n1969-01-02,\n"


def test_several_outputs_are_written_by_name_and_metrics_as_lines(started):
    folder = started({"model": "model.onnx"}, {"scores": "scores.json", "plot": "plot"})
    (folder / "model.onnx").write_bytes(b"trees")

    def step(model, metrics):
        metrics.log("loss", 2, step=1)
        metrics.log("mape", 0.03)
        return {"scores": {"bytes": len(model)}, "plot": "<svg/>"}

    pawl_step.run(step)

    assert json.loads((folder / "scores.json").read_text()) == {"bytes": 5}
    assert (folder / "plot").read_text() == "<svg/>"
    lines = (folder / "metrics.jsonl").read_text().splitlines()
    assert lines == ['{"name": "loss", "value": 2.0, "step": 1}', '{"name": "mape", "value": 0.03}']


def test_another_contract_is_refused(started):
    started({}, {}, contract=3)
    with pytest.raises(SystemExit, match="contract 3"):
        pawl_step.run(lambda: None)


def test_what_a_step_refuses_ends_with_an_exit_code_of_its_own(started, capsys):
    def step():
        raise ValueError("births must be positive")

    started({}, {})
    with pytest.raises(SystemExit) as ended:
        pawl_step.run(step)
    assert ended.value.code == pawl_step.REFUSED
    assert capsys.readouterr().err.endswith("refused: births must be positive\n")


def test_an_infinite_number_is_refused():
    with pytest.raises(ValueError, match="column 'a' has an infinite number"):
        Table(("a",), (("Infinity",),)).numbers("a")


def test_numbers_survive_a_table(tmp_path):
    table = Table.of({"name": ["a", "b", "c"], "number": [1 / 3, float("nan"), 9000.0]})
    table.write(tmp_path / "table.csv")

    again = Table.read(tmp_path / "table.csv")

    assert again == table
    assert again.texts("number") == ["0.3333333333333333", "", "9000"]
