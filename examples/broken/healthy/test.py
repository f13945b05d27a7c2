"""The tests of the project. What became of them is written as JUnit XML, as CI wants it."""

import os
import unittest
from xml.sax.saxutils import quoteattr

from wards.clean import clean
from wards.features import features
from wards.report import summary
from wards.train import train

WEEK = [(f"1969-01-0{day}", 10) for day in range(1, 8)]


class Tests(unittest.TestCase):
    def test_births_become_numbers(self):
        self.assertEqual(clean([{"date": "1969-01-01", "births": "8486"}]), [("1969-01-01", 8486)])

    def test_a_day_is_compared_with_the_week_before(self):
        self.assertEqual(features([*WEEK, ("1969-01-08", 15)]), [(3, 1.5)])

    def test_every_weekday_has_a_weight(self):
        weights, _ = train([(1, 1.0), (7, 0.5)], seed=1, rounds=5, eta=0.1)
        self.assertEqual(len(weights), 8)

    def test_the_busiest_day_has_a_name(self):
        self.assertEqual(summary([1.0, 2.0, 0.5]), {"busiest": "Tuesday", "quietest": "Wednesday"})


class JUnitXml(unittest.TestResult):
    """Keeps a line of XML for each test."""

    def __init__(self):
        super().__init__()
        self.cases = []

    def addSuccess(self, test):
        self.case(test, "")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.case(test, f"<failure message={quoteattr(str(err[1]))}/>")

    def addError(self, test, err):
        super().addError(test, err)
        self.case(test, f"<error message={quoteattr(str(err[1]))}/>")

    def case(self, test, outcome):
        self.cases.append(f'<testcase classname="Tests" name="{test.id().split(".")[-1]}">{outcome}</testcase>')


if __name__ == "__main__":
    result = JUnitXml()
    unittest.defaultTestLoader.loadTestsFromTestCase(Tests).run(result)
    os.makedirs("reports", exist_ok=True)
    with open("reports/TEST-wards.xml", "w") as file:
        file.write(f'<testsuite name="wards" tests="{len(result.cases)}">{"".join(result.cases)}</testsuite>\n')
    raise SystemExit(not result.wasSuccessful())
