"""Completion in real shells, at a pseudo-terminal: a person types the beginning of a word and Tab.

Speaks TAP. The charter is that of the seven cities; no daemon runs.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from conversation import Conversation
from town import Skip, Tap, equal

BUILD = sys.argv[1]
SOURCE = os.environ["TURNUS_SOURCE"]
SCRIPTS = os.path.join(SOURCE, "packaging", "completions")
PROGRAM = os.path.join(BUILD, "daemon", "ctl")
TODAY = "2026-11-22"

ASK = """
source {scripts}/turnusctl.bash
compopt() {{ :; }}
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_turnusctl
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def bash(*words, prelude="", folder=None):
    """What bash would offer for these words, the last of which is being typed."""
    said = subprocess.run(
        ["bash", "--norc", "-c", prelude + ASK.format(scripts=SCRIPTS), "bash", "turnusctl", *words],
        env=dict(os.environ, PATH=PROGRAM + ":" + os.environ["PATH"]), cwd=folder,
        capture_output=True, text=True, timeout=60, check=False)
    equal((said.returncode, said.stderr), (0, ""))
    return [line for line in said.stdout.splitlines() if line]


def charter(*more):
    return ["--charter", os.path.join(SOURCE, "conf", "charters", "7by.conf"), "--today", TODAY, *more]


def commands():
    """Those that the help of all names."""
    said = subprocess.run([os.path.join(PROGRAM, "turnusctl"), "--help"], capture_output=True,
                          text=True, timeout=60, check=True).stdout
    return [line.split()[0] for line in said.splitlines()
            if line.startswith("  ") and line[2] != " "]


def options(command):
    said = subprocess.run([os.path.join(PROGRAM, "turnusctl"), command, "--help"],
                          capture_output=True, text=True, timeout=60, check=True).stdout
    lines = said.split("\nOptions:\n")[1].split("\n\n")[0].splitlines()
    return [word for line in lines for word in line.split()[:3] if word.startswith("--")]


def test_bash_offers_each_command():
    offered = bash("")
    assert len(commands()) > 30, commands()
    equal(sorted(offered), sorted([*commands(), "help"]))


def test_bash_offers_each_option():
    for command in ("check", "move", "calendars", "ledger"):
        equal(sorted(bash(command, "--")), sorted(options(command)), command)


def test_bash_offers_what_the_charter_knows():
    equal(bash("join", "--config", os.path.join(SOURCE, "conf", "turnus.conf"), "o"), ["odense"])
    equal(bash("hosts", *charter("s")), ["studietur"])
    assert "7by/erfa/2027" in bash("explain", *charter("7by/e"))
    equal(bash("explain", *charter("7by/erfa/2027#d")), ["7by/erfa/2027#dagsorden"])
    equal(bash("set", "--then", "=", "a"), ["after"])


def test_bash_offers_files():
    with tempfile.TemporaryDirectory() as folder:
        for name in ("seven cities.conf", "other.conf"):
            open(os.path.join(folder, name), "w", encoding="utf-8").close()
        equal(sorted(bash("check", "--charter", "", folder=folder)),
              ["other.conf", "seven cities.conf"])


def test_bash_knows_the_settings_of_an_alias():
    alias = "alias turnusctl='%s/turnusctl --config %s/conf/turnus.conf'\n" % (PROGRAM, SOURCE)
    equal(bash("sync", "", prelude="shopt -s expand_aliases\n" + alias), ["egen", "faelles"])


def test_bash_is_silent_when_nothing_can_be_known():
    equal(bash("explain", "--charter", "/nonexistent", ""), [])
    equal(bash("nonsense", ""), [])


def shell(command, **env):
    return Conversation(command, PATH=PROGRAM + ":" + os.environ["PATH"], **env)


def test_bash_completes_at_tab():
    with shell(["bash", "--norc", "-i"], PS1="% ") as person:
        person.answer("% ", "source %s/turnusctl.bash" % SCRIPTS)
        person.expect("% ")
        os.write(person.master, b"turnusctl expl\t")
        person.expect("turnusctl explain ")
        os.write(person.master, (" ".join(charter("erfa/2027#dag")) + "\t").encode())
        person.expect("erfa/2027#dagsorden")


def test_zsh_completes_at_tab():
    if shutil.which("zsh") is None:
        raise Skip("zsh is not here")
    with tempfile.TemporaryDirectory() as folder:
        with shell(["zsh", "-f", "-i"], columns=300, HOME=folder) as person:
            person.answer("[#%]", "fpath=(%s $fpath); autoload -U compinit; compinit -u -D; PS1='read''y> '"
                          % SCRIPTS)
            person.expect("ready> ")
            os.write(person.master, b"turnusctl expl\t")
            person.expect("turnusctl explain")
            os.write(person.master, (" ".join(charter("7by/erfa/2027#dag")) + "\t").encode())
            person.expect(r"\\#dagsorden")  # quoted, for a comment begins so
            os.write(person.master, b"\x15turnusctl set --then=unc\t")
            person.expect("--then=unchanged")


Tap().run([value for name, value in list(globals().items()) if name.startswith("test_")])
