#!/usr/bin/env python3
"""Checks the checker: each planted fault must be found within 20,000 histories.

    find-plants.py SIM_PLANTED PLANTS

Two at a time; prints in which history each was found, and by which broken promise."""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

MOST_HISTORIES = "20000"


def search(sim, plant):
    name, region = plant
    found = subprocess.run(
        [sim, "--plant", name.replace("-", "_"), "--histories", MOST_HISTORIES, "--seed", "1",
         "--region", region or "0"],
        capture_output=True, text=True, check=False)
    # A fault that ends the program is found as well.
    words = found.stdout.strip() or found.stderr.strip().split("\n")[-1]
    return found.returncode != 1, words.split("\n")[0]


def main():
    sim, plants = sys.argv[1:]
    names = re.findall(r"^== ([a-z0-9-]+) +\S+(?: +region (\d))?$",
                       pathlib.Path(plants).read_text(), re.M)
    missed = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (name, _), (is_found, words) in zip(
                names, pool.map(lambda plant: search(sim, plant), names)):
            print(f"{name}: {words if is_found else 'NOT FOUND'}", flush=True)
            if not is_found:
                missed.append(name)
    print(f"{len(names) - len(missed)} of {len(names)} planted faults found")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
