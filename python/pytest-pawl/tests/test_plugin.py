import pytest

pytest_plugins = ["pytester"]

DAYS = "date,births\n1969-01-01,8486\n1969-01-02,9002\n"


@pytest.fixture
def project(pytester):
    pytester.makeini("[pytest]")
    pytester.path.joinpath("days.csv").write_text(DAYS)
    return pytester


def test_a_marked_test_runs_once_for_each_hostile_table(project):
    project.makepyfile(
        """
        import pytest
        from pytest_pawl import assert_bears

        def days(path):
            rows = [line.split(",")[1] for line in path.read_text().splitlines()[1:]]
            return [100 / int(births) for births in rows]

        @pytest.mark.hostile("days.csv", seed=1)
        def test_days(hostile):
            assert_bears(hostile, days)
        """
    )
    result = project.runpytest("--strict-markers", "-v")
    result.stdout.fnmatch_lines(["*test_days?nan? PASSED*", "*test_days?zero? FAILED*", "*ZeroDivisionError*"])
    assert result.parseoutcomes() == {"passed": 17, "failed": 1}


def test_a_step_is_run_in_the_tests_folder(project):
    project.makepyfile(
        """
        def test_count(pawl_step):
            step = pawl_step('wc -l < "$PAWL_INPUTS/days.csv" > "$PAWL_OUTPUTS/count.json"',
                             inputs={"days": "days.csv"}, outputs={"count": "value"})
            assert step.assert_repeatable().outputs["count"].read_text().strip() == "3"
        """
    )
    assert project.runpytest().parseoutcomes() == {"passed": 1}


@pytest.mark.parametrize(
    "marker, argument, told",
    [
        ('"days.csv"', "", "but has no argument 'hostile'"),
        ('"nothing.csv"', "hostile", "No such file"),
        ("", "hostile", "missing 1 required positional argument"),
    ],
)
def test_mistakes_are_told(project, marker, argument, told):
    project.makepyfile(
        f"""
        import pytest

        @pytest.mark.hostile({marker})
        def test_days({argument}):
            pass
        """
    )
    result = project.runpytest()
    assert told in result.stdout.str() + result.stderr.str()
    assert result.ret != 0
