"""`python3 -m births STEP`, as pawl.yaml calls it."""

import sys

from births import pawl_step
from births.steps import STEPS

pawl_step.run(STEPS[sys.argv[1]])
