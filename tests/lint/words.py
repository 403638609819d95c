#!/usr/bin/env python3
"""Words that must not be there: words.py ROOT

In names of files and types those that fit everything (style section 1); anywhere notes to
ourselves, paths of the machine on which something was written, and what a merge left unsettled.
"""
import os
import re
import sys

import sources

VAGUE = {"manager", "engine", "context", "common", "util", "helper", "data", "info"}

# Written in two halves, so that this file does not find itself.
UNWANTED = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b"), "a note to ourselves: do it, or name an issue"),
    (re.compile(r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+|tmp/w" r"t)/"), "a path of one machine"),
    (re.compile(r"https?://regi" r"stry\."), "the address of a package registry"),
    (re.compile(r"^(<{7}|>{7}) "), "a conflict of a merge that nobody settled"),
]
TEXT = re.compile(r"\.(c|h|py|mjs|sh|md|conf|build|txt|tsv|xml|sql|in|service)$")

TYPE = re.compile(r"(?:^\}\s*(\w+);|^(?:typedef\s+)?(?:struct|enum|union)\s+(\w+)"
                  r"|^typedef\s[^;{]*?\b(\w+);|G_DECLARE_\w+\s*\(\s*(\w+))", re.MULTILINE)


def split_words(name):
    """`TnCalDataHelper`, `my-utils.c` -> words in lower case, singular and plural alike."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {word.lower() for word in words} | {word.lower().rstrip("s") for word in words}


def check_names(root):
    faults = []
    for path in sources.list_files(root, "daemon", "plugins", "tests", "packaging"):
        for word in sorted(split_words(os.path.basename(path)) & VAGUE):
            faults.append("%s: '%s' in a file's name fits everything, find the trade's noun"
                          % (path, word))
    for path in sources.list_c(root, "daemon", "plugins", "tests"):
        text = sources.strip_comments(sources.read(root, path))
        for match in TYPE.finditer(text):
            name = next(group for group in match.groups() if group)
            for word in sorted(split_words(name) & VAGUE):
                faults.append("%s:%d: '%s' in type %s fits everything, find the trade's noun"
                              % (path, text.count("\n", 0, match.start()) + 1, word, name))
    return faults


def is_text(root, path):
    if TEXT.search(path):
        return True
    if "." in os.path.basename(path):
        return False
    with open(os.path.join(root, path), "rb") as file:
        return file.read(2) == b"#!"


def check_texts(root):
    faults = []
    for path in sources.list_files(root):
        if not is_text(root, path):
            continue
        for number, line in enumerate(sources.read(root, path).split("\n"), 1):
            for pattern, what in UNWANTED:
                if pattern.search(line):
                    faults.append("%s:%d: %s" % (path, number, what))
    return faults


if __name__ == "__main__":
    sources.finish(check_names(sys.argv[1]) + check_texts(sys.argv[1]))
