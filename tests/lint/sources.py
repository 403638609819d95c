"""The files that the lint tests read, and C source without what is not code."""
import os
import re
import sys

SKIPPED_FOLDERS = re.compile(r"^(\.git|build.*|node_modules|__pycache__|turnus-demo)$")


def list_files(root, *folders):
    """Paths below root, relative and sorted; build folders and what is fetched are left out."""
    found = []
    for folder in folders or ("",):
        for place, names, files in os.walk(os.path.join(root, folder)):
            names[:] = [name for name in names if not SKIPPED_FOLDERS.match(name)]
            found += [os.path.relpath(os.path.join(place, file), root) for file in files]
    return sorted(found)


def list_c(root, *folders):
    return [path for path in list_files(root, *folders) if path.endswith((".c", ".h"))]


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def strip_comments(text):
    """Comments and the insides of strings become blanks, so that line numbers stay."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, blank, text, flags=re.DOTALL)


class Function:
    def __init__(self, name, first_line, header_line, body_lines, comment):
        self.name = name
        self.first_line = first_line  # of the name, 1-based
        self.length = header_line
        self.body_lines = body_lines
        self.comment = comment


def list_functions(text):
    """The functions that a file of ours defines, as clang-format lays them out: the name, the opening
    and the closing brace each begin a line."""
    lines = strip_comments(text).split("\n")
    raw = text.split("\n")
    functions = []
    for end, line in enumerate(lines):
        if line != "{":
            continue
        start = end - 1
        while start >= 0 and not re.match(r"^\w+ \(", lines[start]):
            if lines[start].strip() == "" or lines[start].startswith(("}", "#")):
                break
            start -= 1
        match = re.match(r"^(\w+) \(", lines[start]) if start >= 0 else None
        if match is None:
            continue
        close = end
        while close < len(lines) and lines[close] != "}":
            close += 1
        functions.append(Function(match.group(1), start + 1, close - start + 1, close - end - 1,
                                  find_comment(raw, start)))
    return functions


def find_comment(raw, start):
    """The comment that ends just above the return type of the function at start, or ''."""
    last = start - 2
    if last < 0 or not raw[last].rstrip().endswith("*/"):
        return ""
    first = last
    while first > 0 and "/*" not in raw[first]:
        first -= 1
    return "\n".join(raw[first:last + 1])


def read_waivers(root):
    """tests/lint/waivers.tsv: rule, place, reason. Best empty."""
    path = os.path.join(root, "tests", "lint", "waivers.tsv")
    waived = set()
    if not os.path.exists(path):
        return waived
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            rule, place, reason = line.rstrip("\n").split("\t")
            if not reason:
                sys.exit("%s: a waiver without a reason: %s" % (path, line))
            waived.add((rule, place))
    return waived


def finish(faults):
    """Prints what is wrong; the exit code of a lint test."""
    for fault in faults:
        print(fault)
    print("%d faults" % len(faults))
    sys.exit(1 if faults else 0)
