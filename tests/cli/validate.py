"""validate.py SCHEMA FILE…: each file against a JSON Schema; 77 where python3-jsonschema is not installed.

Of a SARIF file also what a schema cannot say: ruleIndex is the place of ruleId.
"""
import json
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator = getattr(jsonschema, "Draft202012Validator")(schema)
wrong = 0
for path in sys.argv[2:]:
    report = json.load(open(path, encoding="utf-8"))
    for error in validator.iter_errors(report):
        print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
        wrong += 1
    for run in report.get("runs", []):
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        for result in run["results"]:
            if rules[result["ruleIndex"]] != result["ruleId"]:
                print(f"{path}: ruleIndex of {result['ruleId']} is another rule")
                wrong += 1
sys.exit(1 if wrong else 0)
