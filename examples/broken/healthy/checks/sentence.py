"""A check of the project's own: the sentence for people says what the summary says."""

import json
import os
import sys

with open(os.environ["PAWL_CHECK"]) as file:
    report = json.load(file)["steps"]["report"]["outputs"]
with open(report["summary"]) as file:
    summary = json.load(file)
with open(report["sentence"]) as file:
    sentence = file.read().strip()

missing = [day for day in summary.values() if day not in sentence]
print(f"'{sentence}' says nothing of {', '.join(missing)}" if missing else sentence)
sys.exit(65 if missing else 0)
