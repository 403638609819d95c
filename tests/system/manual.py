"""The manual pages, held against the programs: manual.py TURNUSCTL PAGE…"""

import os
import re
import shutil
import subprocess
import sys

from town import Skip, Tap, equal

TURNUSCTL, PAGES = sys.argv[1], sys.argv[2:]
SOURCE = os.environ["TURNUS_SOURCE"]


def read(name):
    """A page without the marks of roff."""
    path = next(page for page in PAGES if os.path.basename(page) == name)
    text = open(path, encoding="utf-8").read().replace("\\-", "-")
    return re.sub(r"\\f[BIRP]", "", text)


def ask(*arguments):
    return subprocess.run([TURNUSCTL, *arguments], capture_output=True, text=True,
                          check=True).stdout


def list_commands():
    return re.findall(r"^  ([a-z]+)(?: |$)", ask("--help"), re.MULTILINE)


def test_each_command_is_in_the_manual():
    page = read("turnusctl.1")
    entries = set(re.findall(r"^(?:\.BI? )?([a-z]+)\b", page, re.MULTILINE))
    commands = list_commands()
    assert len(commands) > 30, commands
    equal([command for command in commands if command not in entries], [])


def test_each_option_is_in_the_manual():
    page = read("turnusctl.1")
    missing = [f"{command} {option}" for command in list_commands()
               for option in re.findall(r"^  (?:-\w, )?(--[a-z-]+)", ask(command, "--help"),
                                        re.MULTILINE)
               if option not in page]
    equal(missing, [])


def test_each_key_that_can_be_written_is_in_the_manual():
    table = open(f"{SOURCE}/daemon/charter/keys.c", encoding="utf-8").read()
    keys = set(re.findall(r'^  \{ "[a-z-]+", "([a-z_]+)"', table, re.MULTILINE))
    shown = read("turnus-charter.5") + read("turnus.conf.5")
    assert len(keys) > 100, keys
    equal(sorted(key for key in keys if f".TP\n.B {key}\n" not in shown), [])


def complain(*command):
    if shutil.which(command[0]) is None:
        raise Skip(f"{command[0]} is not installed")
    complaints = ""
    for page in PAGES:
        result = subprocess.run([*command, page], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env=dict(os.environ, LC_ALL="C.UTF-8"), check=False)
        complaints += result.stderr + (result.stdout if "lint" in command[1] else "")
    return complaints


def test_mandoc_has_no_complaint():
    equal(complain("mandoc", "-Tlint"), "")


def test_man_has_no_warning():
    equal(complain("man", "--warnings", "-E", "UTF-8", "-Z", "-l"), "")


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
