#!/usr/bin/env python3
"""Plants faults: copies of sources in which a named fault can be switched on.

    plant.py PLANTS SOURCE_ROOT OUT_FOLDER     writes the copies; prints nothing
    plant.py PLANTS --files                    lists the files that get a copy
    plant.py PLANTS --names                    lists the faults

PLANTS has blocks:

    == name  path/of/source.c  [region N]
    why it is a fault, and which hazard it is
    - the lines as they stand
    + the same lines with PLANTED (name) in them

A fault is looked for in region 0, or in the one that is named: some need several daemons. One whose
file is `-` is switched in the lines of another one. The lines with `-` must stand in the source exactly once,
so that a plant that has lost its place is an error and no fault that is silently not there. The sources themselves stay clean: no switch
for tests is in what people run."""
import pathlib
import re
import sys


def read(path):
    plants = []
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        head = re.fullmatch(r"== ([a-z0-9-]+) +(\S+)(?: +region \d)?", line)
        if head:
            plants.append({"name": head[1], "file": head[2], "old": [], "new": [], "line": number})
        elif line.startswith("- ") or line == "-":
            plants[-1]["old"].append(line[2:])
        elif line.startswith("+ ") or line == "+":
            plants[-1]["new"].append(line[2:])
    return plants


def apply(text, plant, path):
    old, new = "\n".join(plant["old"]), "\n".join(plant["new"])
    where = f"{path}:{plant['line']}: {plant['name']}"
    if text.count(old) != 1:
        sys.exit(f"{where}: its lines stand {text.count(old)} times in {plant['file']}, not once")
    return text.replace(old, new)


def main():
    plants = read(sys.argv[1])
    if len({plant["name"] for plant in plants}) != len(plants):
        sys.exit(f"{sys.argv[1]}: two faults have one name")
    if sys.argv[2] == "--names":
        print("\n".join(plant["name"] for plant in plants))
        return
    every_line = "\n".join(line for plant in plants for line in plant["new"])
    for plant in plants:
        if f"PLANTED ({plant['name'].replace('-', '_')})" not in every_line:
            sys.exit(f"{sys.argv[1]}:{plant['line']}: {plant['name']} is planted nowhere")
    plants = [plant for plant in plants if plant["file"] != "-"]
    files = sorted({plant["file"] for plant in plants})
    if sys.argv[2] == "--files":
        print("\n".join(files))
        return
    root, out = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    for name in files:
        text = (root / name).read_text()
        for plant in plants:
            if plant["file"] == name:
                text = apply(text, plant, sys.argv[1])
        (out / pathlib.Path(name).name).write_text('#include "sim/planted.h"\n' + text)


if __name__ == "__main__":
    main()
