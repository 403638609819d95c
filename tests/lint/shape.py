#!/usr/bin/env python3
"""How long files and functions are, and which public function says nothing: shape.py ROOT

A file of more than 500 lines holds two nouns, a function of more than 60 does two things
(style section 3). A public function that is more than a few lines has a doc comment in its .c;
`…_free` says all by its name.
Exceptions stand in waivers.tsv, with their reason.
"""
import re
import sys

import sources

FILE_LINES = 500
TEST_FILE_LINES = 800
FUNCTION_LINES = 60
TRIVIAL_LINES = 9  # a body that its name explains

DECLARED = re.compile(r"^(?!typedef|static|#)[\w \*]*?\b((?:tn|turnus)_\w+) \(", re.MULTILINE)


def check_lengths(root, path, text, functions):
    allowed = TEST_FILE_LINES if path.startswith("tests/") else FILE_LINES
    n_lines = text.count("\n")
    if n_lines > allowed:
        yield ("file-length", path, "%d lines, at most %d" % (n_lines, allowed))
    for function in functions:
        if function.length > FUNCTION_LINES:
            yield ("function-length", "%s:%s" % (path, function.name),
                   "%d lines, at most %d" % (function.length, FUNCTION_LINES))


def check_docs(path, functions, declared):
    for function in functions:
        silent = ("%s:" % function.name) not in function.comment
        trivial = function.body_lines <= TRIVIAL_LINES or function.name.endswith("_free")
        if function.name in declared and silent and not trivial:
            yield ("doc", "%s:%s" % (path, function.name), "public, without a doc comment")


def main(root):
    waived = sources.read_waivers(root)
    paths = sources.list_c(root, "daemon", "plugins", "tests")
    texts = {path: sources.read(root, path) for path in paths}
    declared = set()
    for path, text in texts.items():
        if path.endswith(".h") and path.startswith("daemon/"):
            declared |= set(DECLARED.findall(sources.strip_comments(text)))

    faults = []
    for path, text in texts.items():
        functions = sources.list_functions(text)
        found = list(check_lengths(root, path, text, functions))
        found += check_docs(path, functions, declared)
        faults += ["%s: %s: %s" % (place, rule, what) for rule, place, what in found
                   if (rule, place) not in waived]
    sources.finish(faults)


if __name__ == "__main__":
    main(sys.argv[1])
