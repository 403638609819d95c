"""The secretary's tutorial, typed anew: tutorial.py BUILD TEXT

Files that it shows are written, what stands behind `$ ` in it is run, in order and in one folder, and
each answer is compared with the one in the text; there `…` stands for anything. `--write` puts
the answers of today into the text, for somebody to read before they are committed.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile

from town import Tap, equal

BUILD, TEXT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SOURCE = os.environ["TURNUS_SOURCE"]
FENCE = re.compile(r"^```(conf|console)(?: (\S+))?\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
DAY = "2026-11-22"
PROGRAMS = {
    "turnusd": f'exec "{BUILD}/daemon/turnusd" --plugins "{BUILD}/plugins" --today {DAY} "$@"',
    # Only what is answered without the daemon takes a day.
    "turnusctl": f"""case " $* " in
  *" check "* | *" list "* | *" hosts "* | *" explain "* | *" programme "* | *" export "*)
    exec "{BUILD}/daemon/ctl/turnusctl" "$@" --today {DAY} ;;
esac
exec "{BUILD}/daemon/ctl/turnusctl" "$@\"""",
}


class Desk:
    """The folder of the reader, and the daemon that they started."""

    def __init__(self, folder):
        self.folder = folder
        self.aliases = ""
        self.daemon = None
        os.makedirs(f"{folder}/.bin")
        for name, script in PROGRAMS.items():
            with open(f"{folder}/.bin/{name}", "w", encoding="utf-8") as program:
                program.write(f"#!/bin/sh\n{script}\n")
            os.chmod(f"{folder}/.bin/{name}", 0o755)
        os.symlink(f"{SOURCE}/conf/holidays", f"{folder}/holidays")
        self.environment = dict(os.environ, PATH=f"{folder}/.bin:{os.environ['PATH']}",
                                COLUMNS="100", TZ="UTC")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if name.endswith(".ics"):
            text = text.replace("\n", "\r\n")
        with open(path, "w", encoding="utf-8", newline="") as made:
            made.write(text)

    def start(self, command):
        """Comes back when the daemon says that it is ready."""
        ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = f"{self.folder}/.ready"
        if os.path.exists(path):
            os.unlink(path)
        ready.bind(path)
        ready.settimeout(60)
        self.daemon = subprocess.Popen(
            ["bash", "-c", "exec " + command.removesuffix("&")], cwd=self.folder,
            env=dict(self.environment, NOTIFY_SOCKET=path), stdin=subprocess.DEVNULL)
        while b"READY=1" not in ready.recv(4096):
            pass
        return ""

    def stop(self):
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(timeout=60)
            self.daemon = None
        return ""

    def type(self, command):
        if command.startswith("turnusd ") and command.endswith("&"):
            return self.start(command)
        if command == "kill %1":
            return self.stop()
        if command.startswith("alias "):
            self.aliases += command + "\n"
            return ""
        result = subprocess.run(
            ["bash", "-c", f"shopt -s expand_aliases\n{self.aliases}{command}"], cwd=self.folder,
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
        return result.stdout


def split(block):
    """Commands with the answers below them."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        yield command, answer


def flatten(text):
    """Without what depends on the moment, on who runs it, and on the widths that follow from that."""
    text = re.sub(r"(\d\d:\d\d) +(in \d+ \w+|-) ", r"\1 soon ", text)
    text = re.sub(r"\bcommand \S+", "command USER", text)
    return re.sub(r" +", " ", text)


def matches(expected, got):
    """`…` alone on a line is any number of lines, within a line any text."""
    lines = []
    for line in flatten(expected).rstrip("\n").split("\n"):
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*".join(re.escape(part) for part in line.rstrip().split("…")) + r" ?\n")
    return re.fullmatch("".join(lines), flatten(got).rstrip("\n") + "\n") is not None


def go_through(answer):
    """Calls ANSWER with each command, what the text says and what was seen; gives the text back."""
    text = open(TEXT, encoding="utf-8").read()
    with tempfile.TemporaryDirectory(prefix="turnus-tutorial-") as folder:
        desk = Desk(folder)

        def do(found):
            kind, name, block = found.groups()
            if kind == "conf":
                desk.write(name, block)
                return found.group(0)
            shown = "".join(f"$ {command}\n{answer(command, said, desk.type(command))}"
                            for command, said in split(block))
            return f"```console\n{shown}```\n"

        try:
            return FENCE.sub(do, text)
        finally:
            desk.stop()


def test_what_the_tutorial_shows_is_what_is_seen():
    differing = []

    def compare(command, said, seen):
        if not matches(said, seen):
            differing.append(f"$ {command}\n--- in the text\n{said}--- seen\n{seen}")
        return said

    go_through(compare)
    equal(len(differing), 0, "\n".join(differing))


if "--write" in sys.argv:
    written = go_through(lambda command, said, seen: said if matches(said, seen) and said else
                         "".join(f"{line.rstrip()}\n" for line in seen.splitlines()))
    with open(TEXT, "w", encoding="utf-8") as text_file:
        text_file.write(written)
else:
    Tap().run([test_what_the_tutorial_shows_is_what_is_seen])
