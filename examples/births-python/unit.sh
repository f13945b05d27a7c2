# The project's own tests, in an environment with the packages that the steps use.
set -eu
python3 -m venv .venv
.venv/bin/python -m pip install -q --no-input --disable-pip-version-check -r requirements.txt
.venv/bin/python -m pytest -q --junitxml=reports/unit.xml
