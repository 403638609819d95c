"""A program at a terminal, and the person who types there."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

DEADLINE_S = 30


class Conversation:
    """Runs a command on a pseudo-terminal; `said` is all that it showed so far."""

    def __init__(self, command, columns=80, stdout=None, **env):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        usual = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave if stdout is None else stdout, stderr=slave,
            env=dict(os.environ, **{**usual, **env}), start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.said = ""
        self.seen = 0

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)

    def read(self):
        """What it shows next; nothing once it has ended."""
        if not select.select([self.master], [], [], DEADLINE_S)[0]:
            raise AssertionError(f"nothing more after:\n{self.said}")
        try:
            piece = os.read(self.master, 65536)
        except OSError:  # the other end is closed
            return False
        self.said += piece.decode(errors="replace").replace("\r\n", "\n")
        return bool(piece)

    def expect(self, pattern):
        """Waits until it says this, behind what was waited for before."""
        until = time.monotonic() + DEADLINE_S
        while time.monotonic() < until:
            match = re.compile(pattern).search(self.said, self.seen)
            if match:
                self.seen = match.end()
                return match
            if not self.read():
                break
        raise AssertionError(f"it did not say {pattern!r}:\n{self.said[self.seen:]}")

    def type(self, line):
        os.write(self.master, line.encode() + b"\n")

    def answer(self, question, line):
        self.expect(question)
        self.type(line)

    def end_of_input(self):
        os.write(self.master, b"\x04")

    def end(self):
        """Its exit code, when it has said all."""
        while self.read():
            pass
        return self.process.wait(timeout=DEADLINE_S)
