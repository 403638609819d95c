"""A relay in front of a fake Graph, whose links lead where they were asked for: to the relay."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "servers"))
from relay import Handler, Relay  # noqa: E402


class LinkHandler(Handler):
    def ask(self, request):
        raw, status, is_last = super().ask(request)
        head, _, body = raw.partition(b"\r\n\r\n")
        for port in self.server.hidden:
            body = body.replace(b"127.0.0.1:%d" % port, b"127.0.0.1:%d" % self.server.port)
        head = re.sub(rb"(?i)content-length: \d+", b"content-length: %d" % len(body), head)
        return head + b"\r\n\r\n" + body, status, is_last


class LinkRelay(Relay):
    """`hidden`: the ports that must not show in an answer."""

    def __init__(self, target, hidden=()):
        super().__init__(target)
        self.hidden = {target, *hidden}
        self.RequestHandlerClass = LinkHandler
