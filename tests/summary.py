#!/usr/bin/env python3
"""Adds up what `meson test` logged: summary.py TESTLOG.json…

A program that speaks TAP counts with each of its tests, any other as one. One that died, ran out of
time or broke its plan counts as failed even when each test that it got round to passed. Prints
`N passed, N failed, N skipped`; exits with 1 when something failed or nothing was run.
"""
import json
import os
import re
import sys

PLAN = re.compile(r"^1\.\.(\d+)(?:\s*#\s*skip)?", re.IGNORECASE | re.MULTILINE)
LINE = re.compile(r"^(not )?ok(?=[ \n]|$)(.*)$", re.MULTILINE)
DIRECTIVE = re.compile(r"#\s*(skip|todo)", re.IGNORECASE)
GOOD = ("OK", "EXPECTEDFAIL")


def count_tap(stdout):
    """Counts of one program's TAP lines, or None when it speaks none."""
    if not PLAN.search(stdout):
        return None
    passed = failed = skipped = 0
    for bad, rest in LINE.findall(stdout):
        directive = DIRECTIVE.search(rest)
        if directive:
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_test(test):
    result = test["result"]
    counts = count_tap(test.get("stdout") or "")
    if counts is None or counts == (0, 0, 0):
        if result == "SKIP":
            return 0, 0, 1
        return (1, 0, 0) if result in GOOD else (0, 1, 0)
    passed, failed, skipped = counts
    if failed == 0 and result not in GOOD and result != "SKIP":
        failed = 1
    return passed, failed, skipped


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        if not os.path.exists(path):  # meson writes no log when no test was chosen
            continue
        with open(path, encoding="utf-8") as log:
            for line in log:
                for i, n in enumerate(count_test(json.loads(line))):
                    total[i] += n
    print("%d passed, %d failed, %d skipped" % tuple(total))
    return 1 if total[1] > 0 or sum(total) == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
