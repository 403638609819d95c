#!/usr/bin/env python3
"""The arrows of design section 3, by what each folder includes: includes.py ROOT

The linker sees a wrong arrow only where a function is called; macros, types and inline functions slip
past it. A layer may include itself, the layers listed for it, the C library, GLib and the libraries
listed for it; a plugin the one public header, its own files, and the libraries that its folder
may use.
"""
import os
import re
import sys

import sources

MIDDLE = {"rules", "store", "http", "ical", "provider", "charter", "wheel"}
BELOW = {
    "base": set(),
    "model": {"base"},
    "rules": {"base", "model"},
    "store": {"base", "model"},
    "http": {"base", "model"},
    "ical": {"base", "model"},
    "wheel": {"base", "model"},
    "provider": {"base", "model", "http", "ical"},
    "charter": {"base", "model", "ical"},
    "sync": {"base", "model", "rules", "store", "provider", "ical"},
    "notice": {"base", "model", "sync"} | MIDDLE,
    "control": {"base", "model", "sync", "notice"} | MIDDLE,
    "site": {"base", "model", "sync", "notice", "control"} | MIDDLE,
    "ctl": {"base", "model", "sync"} | MIDDLE,
    "office": {"base", "model", "sync", "notice", "control", "site"} | MIDDLE,
}
BELOW["house"] = BELOW["office"] | {"office"}
BELOW["daemon"] = BELOW["house"] | {"house"}
BELOW["main"] = BELOW["daemon"] | {"daemon"}

LIBRARIES = {  # beginning of an include: who may use it
    "libical/": {"ical"},
    "unicode/": {"ical", "plugins/exchange"},
    "sqlite3.h": {"store"},
    "libconfig.h": {"charter"},
    "curl/": {"http"},
    "openssl/": {"http"},
    "gssapi/": {"http"},
    "libxml/": {"plugins/caldav", "plugins/exchange"},
    "libsoup/": {"plugins/feed"},
    "json-glib/": {"ctl", "control", "http", "plugins/exchange"},
    "systemd/": {"daemon", "main", "control"},
    "gmodule.h": {"provider", "plugins"},
    "glib.h": None,  # everybody
    "glib-object.h": None,
    "glib-unix.h": None,
    "glib/": None,
    "gio/": None,
}
SYSTEM = re.compile(
    r"^(sys/\w+|linux/\w+|netinet/\w+|arpa/inet|assert|ctype|dirent|dlfcn|errno|fcntl|float|grp"
    r"|inttypes|langinfo|limits|locale|malloc|math|poll|pwd|signal|spawn|stdarg|stdbool|stddef"
    r"|stdint|stdio|stdlib|string|strings|termios|time|unistd)\.h$")

# Pure: no I/O, no clock, no log (design section 3).
PURE = re.compile(r"^daemon/(rules/|sync/diff\.)|^daemon/wheel/layout\.")
IMPURE = re.compile(r"^(base/(clock|log)\.h|gio/.*|stdio\.h|time\.h|sys/.*|fcntl\.h|unistd\.h)$")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def find_layer(path):
    parts = path.split("/")
    if parts[0] == "plugins":
        return "/".join(parts[:2])
    return parts[1] if len(parts) > 2 else os.path.splitext(parts[1])[0]


def judge_library(layer, name):
    for beginning, users in LIBRARIES.items():
        if name.startswith(beginning):
            group = layer.split("/")[0]
            return users is None or layer in users or group in users
    return bool(SYSTEM.match(name))


def judge_own(root, path, layer, name):
    if layer.startswith("plugins/"):
        own = os.path.join(root, os.path.dirname(path), name)
        return name == "turnus-plugin.h" or ("/" not in name and os.path.exists(own))
    if not os.path.exists(os.path.join(root, "daemon", name)):
        return False
    target = find_layer("daemon/" + name)
    return target == layer or target in BELOW[layer]


def check(root, path):
    layer = find_layer(path)
    if path.startswith("daemon/") and layer not in BELOW:
        return ["%s: no layer of design section 3" % path]
    faults = []
    text = sources.read(root, path)
    for match in INCLUDE.finditer(text):
        own, library = match.groups()
        name = own or library
        line = text.count("\n", 0, match.start(0)) + 1
        if name == "turnus-plugin.h" and layer.startswith("plugins/"):
            allowed = True
        elif own:
            allowed = judge_own(root, path, layer, own)
        else:
            allowed = judge_library(layer, library)
        if not allowed:
            faults.append("%s:%d: %s may not include %s" % (path, line, layer, name))
        elif PURE.match(path) and IMPURE.match(name):
            faults.append("%s:%d: is pure and may not include %s" % (path, line, name))
    return faults


def main(root):
    faults = []
    for path in sources.list_c(root, "daemon", "plugins"):
        faults += check(root, path)
    sources.finish(faults)


if __name__ == "__main__":
    main(sys.argv[1])
