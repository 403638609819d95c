#!/usr/bin/env python3
"""The closing line of tests/run must not flatter: cases for tests/summary.py. Speaks TAP."""
import json
import os
import subprocess
import sys
import tempfile

SUMMARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "summary.py")


def test(result, stdout=""):
    return {"name": "x", "result": result, "stdout": stdout}


CASES = [
    # name, tests of a log, closing line, exit code
    ("plain-programs-count-as-one", [test("OK"), test("OK")], "2 passed, 0 failed, 0 skipped", 0),
    ("each-tap-line-counts", [test("OK", "1..3\nok 1 /a\nok 2 /b\nok 3 /c # SKIP no tool\n")],
     "2 passed, 0 failed, 1 skipped", 0),
    ("a-failed-line-fails", [test("FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n")],
     "1 passed, 1 failed, 0 skipped", 1),
    ("dying-after-good-lines-fails", [test("ERROR", "1..2\nok 1 /a\n")],
     "1 passed, 1 failed, 0 skipped", 1),
    ("dying-before-any-line-fails", [test("ERROR", "1..2\n")], "0 passed, 1 failed, 0 skipped", 1),
    ("running-out-of-time-fails", [test("TIMEOUT", "")], "0 passed, 1 failed, 0 skipped", 1),
    ("a-program-that-skips-all-is-skipped", [test("OK"), test("SKIP", "1..0 # SKIP no npm\n")],
     "1 passed, 0 failed, 1 skipped", 0),
    ("exit-77-is-skipped", [test("OK"), test("SKIP")], "1 passed, 0 failed, 1 skipped", 0),
    ("no-test-at-all-fails", [], "0 passed, 0 failed, 0 skipped", 1),
    ("words-that-begin-with-ok-are-no-result", [test("OK", "okay\nok-ish\n1..1\nok 1 /a\n")],
     "1 passed, 0 failed, 0 skipped", 0),
]


def run(tests):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
        log.write("".join(json.dumps(entry) + "\n" for entry in tests))
        log.flush()
        done = subprocess.run([sys.executable, "-B", SUMMARY, log.name, log.name + ".absent"],
                              stdout=subprocess.PIPE)
        return done.stdout.decode().strip(), done.returncode


def main():
    print("1..%d" % len(CASES))
    failed = 0
    for number, (name, tests, line, code) in enumerate(CASES, 1):
        got = run(tests)
        good = got == (line, code)
        failed += 0 if good else 1
        print("%s %d /summary/%s" % ("ok" if good else "not ok", number, name))
        if not good:
            print("# expected %r, got %r" % ((line, code), got))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
