"""What an unchanged poll of a subscription costs: the feed beside a bare libsoup server that says 304
to everything, which is as little as a server by that library can do.

    feed.py SERVE POLL [--requests N] [--connections N]

Prints, of each, the polls that one core answers in a second, by the processor time that the server
used (so another busy process takes nothing away), and its peak of memory. Judges nothing.
"""

import argparse
import os
import socket
import subprocess
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")


def find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(port, server):
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    sys.exit("the server did not start")


def processor_s(pid):
    with open("/proc/%d/stat" % pid, encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid, what):
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        for line in status:
            if line.startswith(what + ":"):
                return int(line.split()[1]) / 1024
    return 0


def measure(options, mode):
    port = find_port()
    server = subprocess.Popen([options.serve, mode, str(port)])
    try:
        wait_until_up(port, server)
        start_mb = memory_mb(server.pid, "VmRSS")
        with socket.create_connection(("127.0.0.1", port)) as first:  # the page is made once
            first.sendall(b"GET /7by.ics HTTP/1.1\r\nHost: localhost\r\n"
                          b"Connection: close\r\n\r\n")
            while first.recv(65536):
                pass
        poll = [options.poll, str(port), str(options.connections)]
        subprocess.run(poll + [str(options.requests // 10)], check=True)  # warm
        before_s = processor_s(server.pid)
        began = time.monotonic()
        subprocess.run(poll + [str(options.requests)], check=True)
        wall_s = time.monotonic() - began
        used_s = processor_s(server.pid) - before_s
        print("%-5s %8.0f polls a second of one core; %6.0f by the clock on the wall; memory %.1f MB at "
              "the start, %.1f MB at most"
              % (mode, options.requests / max(used_s, 1 / TICKS), options.requests / wall_s, start_mb,
                 memory_mb(server.pid, "VmHWM")))
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("serve")
    parser.add_argument("poll")
    parser.add_argument("--requests", type=int, default=100000)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    for mode in ("bare", "feed"):
        measure(options, mode)


if __name__ == "__main__":
    main()
