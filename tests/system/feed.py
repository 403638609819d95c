"""The feed as real programs see it: curl, directly and through nginx, as the council's web server
would stand in front.

    feed.py SERVE
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from town import Skip, Tap, equal

SERVE = sys.argv[1]
NGINX = """daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  upstream feed {{ server 127.0.0.1:{feed}; keepalive 4; }}
  server {{ listen 127.0.0.1:{port};
    location / {{ proxy_pass http://feed; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host localhost; proxy_set_header X-Forwarded-For $remote_addr; }} }} }}
"""


def find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A program that listens, until it is left."""

    def __init__(self, port, *command):
        self.port = port
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"{command[0]} does not listen")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()


def serve():
    port = find_port()
    return Running(port, SERVE, "feed", str(port))


def serve_nginx(folder, feed):
    nginx = shutil.which("nginx")
    if nginx is None:
        raise Skip("nginx is not there (nginx-light)")
    port = find_port()
    config = os.path.join(folder, "nginx.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(NGINX.format(folder=folder, feed=feed.port, port=port))
    return Running(port, nginx, "-p", folder, "-c", config)


def curl(port, *arguments):
    """Status, headers and body."""
    program = shutil.which("curl")
    if program is None:
        raise Skip("curl is not there (curl)")
    result = subprocess.run(
        [program, "-sS", "-i", "--noproxy", "*", *arguments, f"http://127.0.0.1:{port}/7by.ics"],
        capture_output=True, timeout=60, check=False)
    head, _, body = result.stdout.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    return int(lines[0].split()[1]), headers, body


def check_polls(port):
    status, headers, body = curl(port, "--compressed")
    equal((status, len(body)), (200, 40000), "first")
    equal(headers["content-encoding"], "gzip", "packed")
    assert "default-src 'none'" in headers["content-security-policy"], headers
    status, _, body = curl(port, "--compressed", "-H", "If-None-Match: " + headers["etag"])
    equal((status, body), (304, b""), "unchanged")
    status, headers, body = curl(port, "-H", "If-None-Match: \"other\"")
    equal((status, len(body), headers["etag"]), (200, 40000, '"e1"'), "changed")


def test_curl_polls():
    with serve() as feed:
        check_polls(feed.port)


def test_curl_is_refused_what_it_may_not():
    with serve() as feed:
        status, headers, _ = curl(feed.port, "-X", "DELETE")
        equal((status, headers["allow"]), (405, "GET, HEAD, POST"), "method")
        equal(curl(feed.port, "-d", "a=b")[0], 403, "form from nowhere")
        equal(curl(feed.port, "-d", "a" * 65537)[0], 413, "body")
        equal(curl(feed.port, "-H", "Host: other.example")[0], 421, "host")
        equal(curl(feed.port, "-H", "A: " + "b" * 16384)[0], 431, "head")
        equal(curl(feed.port, "-d", "a=b", "-H", "Transfer-Encoding: chunked")[0], 411, "chunks")


def test_nginx_in_front_hands_polls_on():
    with tempfile.TemporaryDirectory(prefix="turnus-nginx-") as folder, serve() as feed, \
            serve_nginx(folder, feed) as nginx:
        for _ in range(3):
            check_polls(nginx.port)


def test_nginx_in_front_hides_no_second_request():
    with tempfile.TemporaryDirectory(prefix="turnus-nginx-") as folder, serve() as feed, \
            serve_nginx(folder, feed) as nginx, \
            socket.create_connection(("127.0.0.1", nginx.port), 10) as reader:
        reader.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n"
                       b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x")
        answer = b""
        while piece := reader.recv(65536):
            answer += piece
        equal(answer.count(b"HTTP/1.1 "), 1, "answers")
        assert b" 200 " not in answer.split(b"\r\n")[0], answer[:200]


Tap().run([test for name, test in sorted(globals().items()) if name.startswith("test_")])
