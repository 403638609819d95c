"""A relay in front of one server on this machine: it counts requests and bytes, and can answer,
change or lose a request on the way, as a network or an administrator would.

    relay = Relay(5232)
    relay.rule = lambda request: ...    # see below
    relay.log                           # each Request, in the order in which they came

A rule gets a Request before it is sent on. What it returns is done instead of sending: bytes are
the answer, DROP closes the connection, DROP_AFTER closes it when the server has answered (so that
what the server did is unknown to whoever asked). None sends it on, with `body` as it is then.
"""

import socket
import socketserver
import threading

DROP = object()
DROP_AFTER = object()
PATIENCE_S = 120  # an alarm, no expectation of speed


class Request:
    def __init__(self, method, target, headers, body, n_bytes):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        self.n_in = n_bytes
        self.n_out = 0
        self.status = 0

    def is_write(self):
        return self.method in ("PUT", "DELETE", "MOVE", "POST", "PROPPATCH", "MKCALENDAR")

    def __repr__(self):
        return f"{self.method} {self.target} {self.status} ({self.n_in}+{self.n_out} bytes)"


def answer(status, reason, body=b"", content_type="text/plain", more=""):
    """Bytes of an answer that leaves the connection open."""
    return (f"HTTP/1.1 {status} {reason}\r\nContent-Type: {content_type}\r\n{more}"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def read_head(file):
    """First line and headers (names in lower case), and how many bytes that were; None at the end."""
    lines, n_bytes = [], 0
    while True:
        line = file.readline(65536)
        n_bytes += len(line)
        if not line:
            return None
        if line in (b"\r\n", b"\n"):
            break
        lines.append(line.decode("latin-1").rstrip("\r\n"))
    headers = dict((name.lower(), value.strip())
                   for name, _, value in (line.partition(":") for line in lines[1:]))
    return lines[0], headers, n_bytes


def read_chunks(file):
    raw = b""
    while True:
        size = file.readline(1024)
        raw += size
        if not size:
            return raw
        n_bytes = int(size.split(b";")[0], 16)
        raw += file.read(n_bytes + 2)
        if n_bytes == 0:
            return raw


def read_body(file, headers, to_the_end):
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return read_chunks(file)
    if "content-length" in headers:
        return file.read(int(headers["content-length"]))
    return file.read() if to_the_end else b""


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.connection.settimeout(PATIENCE_S)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.upstream = None
        try:
            while self.relay_one():
                pass
        except OSError:
            pass  # whoever asked, or the server, went away
        finally:
            if self.upstream is not None:
                self.upstream.close()

    def connect(self):
        if self.upstream is None:
            self.upstream = socket.create_connection(("127.0.0.1", self.server.target), PATIENCE_S)
            self.upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.answers = self.upstream.makefile("rb")

    def relay_one(self):
        head = read_head(self.rfile)
        if head is None:
            return False
        first, headers, n_bytes = head
        method, target, _ = first.split(" ", 2)
        body = read_body(self.rfile, headers, False)
        request = Request(method, target, headers, body, n_bytes + len(body))
        with self.server.lock:
            self.server.log.append(request)
            verdict = self.server.rule(request) if self.server.rule is not None else None
        if verdict is DROP:
            return False
        if isinstance(verdict, bytes):
            return self.give(request, verdict, int(verdict.split(b" ", 2)[1]), False)
        raw, status, is_last = self.ask(request)
        if verdict is DROP_AFTER:
            request.status = status
            return False
        return self.give(request, raw, status, is_last)

    def give(self, request, raw, status, is_last):
        request.status, request.n_out = status, len(raw)
        self.wfile.write(raw)
        return not is_last

    def ask(self, request):
        self.connect()
        lines = [f"{request.method} {request.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in request.headers.items()
                  if name not in ("content-length", "connection")]
        if request.body or request.method in ("PUT", "POST", "REPORT", "PROPFIND"):
            lines.append(f"content-length: {len(request.body)}")
        self.upstream.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + request.body)
        head = read_head(self.answers)
        if head is None:
            raise ConnectionError("the server closed the connection")
        first, headers, _ = head
        version, status = first.split(" ")[:2]
        is_empty = request.method == "HEAD" or status in ("204", "304")
        is_last = version == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
        body = b"" if is_empty else read_body(self.answers, headers, is_last)
        shown = [first] + [f"{name}: {value}" for name, value in headers.items()]
        if is_last:
            self.upstream.close()
            self.upstream = None
        return ("\r\n".join(shown) + "\r\n\r\n").encode("latin-1") + body, int(status), is_last


class Relay(socketserver.ThreadingTCPServer):
    """Runs from when it is made until `close`."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target
        self.port = self.server_address[1]
        self.rule = None
        self.log = []
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self):
        """What came since the last call."""
        with self.lock:
            taken, self.log = self.log, []
        return taken

    def handle_error(self, request, client_address):
        pass  # a connection that broke is what it is here for

    def close(self):
        self.shutdown()
        self.server_close()
