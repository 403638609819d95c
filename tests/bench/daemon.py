"""What the daemon costs: memory and wake-ups when idle, and a pass over 10,000 unchanged files.

Prints figures and judges nothing; run it with `meson test --benchmark` in a release build.
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))
from town import Town  # noqa: E402

BUILD = sys.argv[1]
STRANGER = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:{0}\r\n"
            "DTSTAMP:20260101T000000Z\r\nDTSTART:20270{1}01T080000Z\r\nSUMMARY:x\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n")


def status_of(pid):
    text = open(f"/proc/{pid}/status", encoding="ascii").read()
    return {key: int(value) for key, value in re.findall(r"(\w+):\s+(\d+)", text)}


def measure_idle():
    with Town(BUILD) as town:
        town.once()
        town.start()
        town.turnusctl("sync", codes=(0, 3))
        time.sleep(3)  # what the first passes wrote is noticed and looked at once more
        tasks = f"/proc/{town.daemon.pid}/task"
        switches = lambda: sum(
            int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)",
                          open(f"{tasks}/{task}/status", encoding="ascii").read(), re.M).group(1))
            for task in os.listdir(tasks))
        before = switches()
        time.sleep(10)
        print(f"idle daemon: {switches() - before} wake-ups of all its threads in 10 s")
        print(f"peak RSS with the 7-by charter: {status_of(town.daemon.pid)['VmHWM'] / 1024:.1f} MB")


def measure_scan():
    with Town(BUILD) as town:
        town.once()
        for number in range(10000):
            path = town.path("calendars", "odense", f"{number}.ics")
            with open(path, "w", encoding="ascii", newline="") as item:
                item.write(STRANGER.format(number, number % 9 + 1))
            os.utime(path, (1600000000, 1600000000))
        for name in ("first", "second", "third"):
            start = time.monotonic()
            usage = subprocess.run(
                ["/usr/bin/time", "-f", "%M %U %S", f"{BUILD}/daemon/turnusd", "--config",
                 town.path("turnus.conf"), "--today", "2026-11-22", "--once"],
                capture_output=True, text=True, check=False).stderr.splitlines()[-1].split()
            print(f"{name} pass with 10,000 strangers: {time.monotonic() - start:.2f} s wall, "
                  f"{float(usage[1]) + float(usage[2]):.2f} s CPU, {int(usage[0]) / 1024:.1f} MB")


measure_idle()
measure_scan()
