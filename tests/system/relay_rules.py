"""Rules for tests/servers/relay.py: what goes wrong between turnusd and a server."""

import re

from relay import DROP, answer

SYNC_TOKEN = re.compile(rb"(<[^/>]*sync-token[^>]*>)([^<]+)(<)")
STATUS = {401: "Unauthorized", 403: "Forbidden", 503: "Service Unavailable"}


def mangle_token(request):
    """The server is asked with a token that it never gave: what it says then is its own."""
    request.body = SYNC_TOKEN.sub(
        lambda found: found.group(1) + found.group(2)[:-1] + b"-gone" + found.group(3), request.body)


def refuse(status):
    more = 'WWW-Authenticate: Basic realm="dav"\r\n' if status == 401 else ""
    return answer(status, STATUS.get(status, "No"), b"<p>no</p>", "text/html", more)


def after(count, act, status=None):
    """From request number `count` on: `act` once, and nothing but `status`, or no answer at all."""
    seen = []

    def rule(request):
        seen.append(request)
        if len(seen) <= count:
            return None
        if len(seen) == count + 1:
            act(request)
        return refuse(status) if status else DROP
    return rule


def answer_writes(path, status, reason):
    return lambda request: (answer(status, reason)
                            if request.is_write() and request.target.startswith(path) else None)
