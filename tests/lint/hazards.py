#!/usr/bin/env python3
"""Holds tests/hazards.md against the tests: every hazard has a row, and a row names exactly those
tests whose names cite its number, or says why there is none.

    hazards.py ROOT            says what is wrong
    hazards.py ROOT --write    writes the tests into the rows

A test is named as it runs, `/sync/faults/hazard-85-...`; where its prefix is composed, by its file:
`provider/caldav-writing/...`. A name cites by hazard-17, hazard-111-and-115 or hazards-1-3-104."""
import pathlib
import re
import sys

N_HAZARDS = 115
CITED = re.compile(r"hazard-([0-9]+)((?:-and-[0-9]+)*)|hazards((?:-(?:and-)?[0-9]+)+)")
ROW = re.compile(r"\| ([0-9]+) \| (.+?) \| (.*) \|")
EXCUSE = "not covered: "


def cited(name):
    """The hazards that a test's name cites."""
    return {int(number) for found in CITED.finditer(name)
            for number in re.findall("[0-9]+", found[0])}


def list_names(path, text):
    """The names of tests in one file that cite something, as they stand there."""
    if path.suffix == ".py":
        names = re.findall(r"^def test_(\w*)", text, re.MULTILINE)
        return [name.replace("_", "-") for name in names if CITED.search(name.replace("_", "-"))]
    return [name for name in re.findall(r'"(/?[a-z0-9][a-z0-9/\'-]*)"', text) if CITED.search(name)]


def list_citing(tests):
    """Of each hazard the tests that cite it."""
    found = {number: set() for number in range(1, N_HAZARDS + 1)}
    for path in sorted(path for kind in ("*.c", "*.py") for path in tests.rglob(kind)):
        inside = path.relative_to(tests)
        if inside.parts[0] == "lint":
            continue
        for name in list_names(path, path.read_text(encoding="utf-8")):
            whole = name if name.startswith("/") else f"{inside.with_suffix('')}/{name}"
            for number in cited(name):
                found.setdefault(number, set()).add(whole)
    return found


def name_tests(names, remark):
    """The third column: what `remark` says beside the tests is kept."""
    said = ", ".join(f"`{name}`" for name in sorted(names))
    return said + (f"; {remark}" if said and remark else remark)


def read_remark(column):
    """What a row says beside its tests."""
    return re.sub(r"^(`[^`]*`(, |; |$))*", "", column)


def find_faults(page, citing):
    rows = {int(row[1]): row[3] for row in map(ROW.fullmatch, page) if row}
    for number in sorted(set(citing) | set(rows)):
        named, cite = set(re.findall("`([^`]+)`", rows.get(number, ""))), citing.get(number)
        if cite is None or number > N_HAZARDS:
            yield f"there is no hazard {number}"
        elif number not in rows:
            yield f"hazard {number} has no row"
        elif not named and not re.match(EXCUSE + r"\w", rows[number]):
            yield f"hazard {number} names no test, and does not say '{EXCUSE}…'"
        else:
            for name in sorted(named - cite):
                yield f"hazard {number}: no test {name} cites it"
            for name in sorted(cite - named):
                yield f"hazard {number}: {name} is not in its row"


def write_tests(page, citing):
    for line in page:
        row = ROW.fullmatch(line)
        if row:
            number = int(row[1])
            line = f"| {number} | {row[2]} | {name_tests(citing[number], read_remark(row[3]))} |"
        yield line


def main():
    root = pathlib.Path(sys.argv[1])
    place = root / "tests" / "hazards.md"
    page = place.read_text(encoding="utf-8").splitlines()
    citing = list_citing(root / "tests")
    if sys.argv[2:] == ["--write"]:
        page = list(write_tests(page, citing))
        place.write_text("\n".join(page) + "\n", encoding="utf-8")
    faults = list(find_faults(page, citing))
    for fault in faults:
        print(f"tests/hazards.md: {fault}")
    if faults:
        print("to fill the rows: python3 tests/lint/hazards.py . --write")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
