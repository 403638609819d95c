"""kill -9 at every state-changing system call of a pass; run again: the same end, nothing doubled,
nothing lost (promise 7, hazards 28 and 92).

strace counts calls per thread and per call, so each kind of call is walked through by itself.
"""

import collections
import re
import shutil
import subprocess
import sys

from town import CALENDARS, Tap, Town, equal, skip

BUILD = sys.argv[1]
CALLS = ["openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat2",
         "unlink", "unlinkat", "mkdir", "mkdirat", "linkat", "fchmod"]

if shutil.which("strace") is None:
    skip("strace is not installed")


def count_calls(town):
    """How often a pass makes each call; of openat only those that may create are of interest."""
    log = town.path("calls")
    town.once(prefix=("strace", "-f", "-o", log, "-e", "trace=" + ",".join(CALLS)))
    counts = collections.Counter()
    for line in open(log, encoding="utf-8", errors="replace"):
        found = re.match(r"\d+ +(\w+)\(", line)
        if found:
            counts[found.group(1)] += 1
    return counts


def settle(town):
    """Runs until a pass writes nothing more; five passes are more than enough."""
    before = None
    for _ in range(5):
        town.once()
        now = town.everything()
        if now == before:
            return now
        before = now
    raise AssertionError("it does not settle")


def ledger(town):
    lines = open(town.path("state", "ledger.txt"), encoding="utf-8").read().splitlines()
    return sorted(lines)


def kill_at_each_call(prepared, calls):
    with prepared.copy() as reference:
        counts = count_calls(reference)
        expected = settle(reference)
        expected_ledger = ledger(reference)
    points = 0
    for call in calls:
        for nth in range(1, counts[call] + 1):
            with prepared.copy() as town:
                killed = town.turnusd("--once", prefix=(
                    "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}",
                    "-e", f"inject={call}:signal=KILL:when={nth}"))
                assert killed.returncode != 0, f"{call} {nth}: was not killed"
                got = settle(town)
                for calendar in CALENDARS:
                    equal(sorted(got[calendar]), sorted(expected[calendar]), f"{call} {nth} {calendar}")
                equal(got, expected, f"after a kill at {call} {nth}")
                equal(ledger(town), expected_ledger, f"ledger after a kill at {call} {nth}")
                points += 1
    print(f"# {points} kill points", flush=True)
    assert points > 20, counts


def test_hazards_28_92_a_first_publication_survives_a_kill_at_each_call():
    with Town(BUILD, publish="+8 months") as town:
        kill_at_each_call(town, ["renameat2", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink",
                                 "unlinkat", "mkdirat", "mkdir"])


def test_hazards_28_92_edits_by_host_and_others_survive_a_kill_at_each_call():
    with Town(BUILD, publish="+8 months") as town:
        town.once()
        town.once()
        town.move_trip("esbjerg", "20270519")
        town.edit(town.trip("aarhus"), ("LOCATION:Esbjerg", "LOCATION:Aarhus"))
        kill_at_each_call(town, CALLS)


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
