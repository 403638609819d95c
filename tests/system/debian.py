"""The Debian packages, built, judged and lived with in chroots: debian.py CODENAME

Builds the packages twice in a chroot of that release of Debian, under another path, umask, locale,
zone and user, holds the results against each other, has lintian judge them, and installs, upgrades,
removes and purges them in a bare chroot. Needs root and the mirror from which apt of this machine
has its packages; skipped without one of them.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from town import Skip, Tap, equal, skip

CODENAME = sys.argv[1]
SOURCE = os.environ["TURNUS_SOURCE"]
FOLDER = tempfile.mkdtemp(prefix=f"turnus-{CODENAME}-")
BUILD, BARE = os.path.join(FOLDER, "build"), os.path.join(FOLDER, "bare")
EXAMPLES = "/usr/share/doc/turnus/examples"
SETTINGS = """council = "odense";
charters = [ "charters/7by.conf" ];
calendars = (
  { id = "egen"; provider = "file"; path = "/srv/turnus/egen"; council = "odense"; mode = "write"; }
);
"""
AS_TURNUS = ("setpriv", "--reuid=turnus", "--regid=turnus", "--clear-groups", "env",
             "STATE_DIRECTORY=/var/lib/turnus", "RUNTIME_DIRECTORY=/run/turnus")


def find_mirror():
    """Where apt of this machine has Debian itself from, if that has the release as well."""
    said = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)",
         "Created-By: Packages"], capture_output=True, text=True, check=False).stdout
    for line in said.splitlines():
        origin, label, place = (line.split("|") + ["", ""])[:3]
        if origin == label == "Debian" and place.startswith("http"):
            try:
                urllib.request.urlopen(f"{place.rstrip('/')}/dists/{CODENAME}/InRelease", timeout=20)
                return place
            except (OSError, urllib.error.URLError):
                continue
    return None


def run(*command, codes=(0,), **more):
    result = subprocess.run(command, capture_output=True, text=True, errors="replace",
                            stdin=subprocess.DEVNULL, check=False, **more)
    if codes is not None and result.returncode not in codes:
        raise AssertionError(f"{' '.join(command)}: {result.returncode}\n"
                             f"{result.stdout[-6000:]}\n{result.stderr[-6000:]}")
    return result


def inside(root, *command, codes=(0,), **environment):
    # Mounts and processes end with the command, whatever it leaves behind.
    return run("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
               'mount --make-rprivate / && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"',
               root, *command, codes=codes,
               env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                    "DEBIAN_FRONTEND": "noninteractive", **environment,
                    **{name: value for name, value in os.environ.items()
                       if name.lower().endswith("_proxy")}})


def make_chroots(mirror):
    """A bare one, and one in which packages are built."""
    run("mmdebstrap", "--variant=minbase", "--include=ca-certificates", "--skip=cleanup/apt",
        CODENAME, BARE, mirror, env=dict(os.environ, TMPDIR=FOLDER))
    with open(f"{BARE}/usr/sbin/policy-rc.d", "w", encoding="ascii") as policy:
        policy.write("#!/bin/sh\nexit 101\n")
    os.chmod(f"{BARE}/usr/sbin/policy-rc.d", 0o755)
    shutil.copyfile("/etc/resolv.conf", f"{BARE}/etc/resolv.conf")
    run("cp", "-a", BARE, BUILD)


def copy_source():
    """What git knows of, and what it does not ignore, as it is in the working tree."""
    os.mkdir(f"{BUILD}/source")
    known = run("git", "-C", SOURCE, "-c", "safe.directory=*", "ls-files", "-z", "--cached",
                "--others", "--exclude-standard").stdout
    subprocess.run(["sh", "-c", 'tar -C "$0" --null --ignore-failed-read -T - -cf - | tar -xf - -C "$1"',
                    SOURCE, f"{BUILD}/source"], input=known.encode(), check=True)


def apt(root, *arguments):
    return inside(root, "apt-get", "-qq", "-y", "--no-install-recommends",
                  "-o", "Dpkg::Use-Pty=0", *arguments)


def packages(root="", folder="first"):
    names = sorted(os.listdir(f"{BUILD}/{folder}"))
    return {name.split("_")[0]: f"{root}/{folder}/{name}" for name in names
            if name.endswith(".deb") and "dbgsym" not in name}


def test_the_packages_are_built_from_what_build_depends_names():
    apt(BUILD, "install", "build-essential", "lintian")
    shutil.copytree(f"{SOURCE}/packaging/debian", f"{BUILD}/needs/debian")
    apt(BUILD, "build-dep", "/needs")
    copy_source()
    inside(BUILD, "sh", "/source/packaging/build-packages", "--output", "/first")
    equal(sorted(packages()), ["turnus", "turnus-dev", "turnus-plugin-exchange", "turnus-plugin-feed"])


def test_lintian_is_silent():
    run("chmod", "-R", "a+rX", f"{BUILD}/first")
    changes = [name for name in os.listdir(f"{BUILD}/first") if name.endswith(".changes")]
    result = inside(BUILD, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c",
                    f'lintian --fail-on error,warning "/first/{changes[0]}"', codes=None, HOME="/tmp")
    equal((result.stdout + result.stderr).strip(), "")
    equal(result.returncode, 0)


def test_built_again_elsewhere_by_somebody_else_they_are_the_same_bytes():
    os.rename(f"{BUILD}/source", f"{BUILD}/another place")
    inside(BUILD, "chown", "-R", "65534:65534", "/another place")
    os.makedirs(f"{BUILD}/second")
    inside(BUILD, "chown", "65534:65534", "/second")
    inside(BUILD, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c",
           'umask 077; exec sh "/another place/packaging/build-packages" --output /second',
           LC_ALL="POSIX", TZ="Asia/Tokyo", HOME="/tmp", LANGUAGE="da")
    first, second = f"{BUILD}/first", f"{BUILD}/second"
    compared = [name for name in sorted(os.listdir(first)) if not name.endswith(("info", "changes"))]
    assert len(compared) > 5, compared
    differing = [name for name in compared
                 if open(f"{first}/{name}", "rb").read() != open(f"{second}/{name}", "rb").read()]
    equal(differing, [])


def install(*names):
    os.makedirs(f"{BARE}/first", exist_ok=True)
    for path in packages().values():
        shutil.copy(BUILD + path, BARE + path)
    apt(BARE, "install", *(packages()[name] for name in names))


def make_older():
    """The same package as if it were an older version: apt believes the number."""
    inside(BARE, "dpkg-deb", "-R", packages()["turnus"], "/older")
    control = open(f"{BARE}/older/DEBIAN/control", encoding="utf-8").read()
    lines = ["Version: 0.0.1" if line.startswith("Version:") else line
             for line in control.splitlines()]
    with open(f"{BARE}/older/DEBIAN/control", "w", encoding="utf-8") as changed:
        changed.write("\n".join(lines) + "\n")
    inside(BARE, "dpkg-deb", "-b", "/older", "/older.deb")


def test_installed_in_a_bare_chroot_it_starts_nothing_and_has_a_user():
    install("turnus", "turnus-plugin-exchange", "turnus-plugin-feed")
    assert inside(BARE, "turnusctl", "--version").stdout.startswith("turnusctl ")
    said = inside(BARE, "stat", "-c", "%U %a", "/var/lib/turnus", "/etc/turnus/secrets").stdout
    equal(said.split("\n")[:2], ["turnus 700", "root 700"])
    equal(os.path.exists(f"{BARE}/etc/turnus/turnus.conf"), False)
    units = [place for place in ("/lib", "/usr/lib")
             if os.path.exists(f"{BARE}{place}/systemd/system/turnusd.service")]
    unit = open(f"{BARE}{units[0]}/systemd/system/turnusd.service", encoding="utf-8").read()
    assert "ConditionPathExists=/etc/turnus/turnus.conf" in unit, unit
    assert os.path.islink(f"{BARE}/etc/systemd/system/multi-user.target.wants/turnusd.service")


def test_an_example_is_in_order_and_a_pass_fills_a_calendar():
    inside(BARE, "turnusctl", "check", "--charter", f"{EXAMPLES}/charters/7by.conf")
    inside(BARE, "cp", "-R", f"{EXAMPLES}/charters", "/etc/turnus/charters")
    with open(f"{BARE}/etc/turnus/turnus.conf", "w", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    inside(BARE, "install", "-d", "-o", "turnus", "-g", "turnus", "/srv/turnus", "/run/turnus")
    inside(BARE, "turnusctl", "check")
    inside(BARE, *AS_TURNUS, "turnusd", "--once", "--today", "2026-11-22")
    assert len(list_events()) > 5, list_events()


def list_events():
    return sorted(os.listdir(f"{BARE}/srv/turnus/egen"))


def test_manual_pages_are_shown():
    apt(BARE, "install", "man-db")
    for page in ("1 turnusctl", "5 turnus.conf", "5 turnus-charter", "8 turnusd"):
        shown = inside(BARE, "man", "--warnings", *page.split())
        equal(shown.stderr, "", page)
        assert "DESCRIPTION" in shown.stdout, shown.stdout


def test_completion_is_found_where_shells_look_for_it():
    if not os.path.isdir(f"{SOURCE}/packaging/completions"):
        raise Skip("there is none yet")
    apt(BARE, "install", "bash-completion")
    said = inside(BARE, "bash", "-c", ". /usr/share/bash-completion/bash_completion; "
                  "{ _comp_load turnusctl || _completion_loader turnusctl; } 2>/dev/null; "
                  "complete -p turnusctl").stdout
    assert "turnusctl" in said, said


def age_state():
    """The state as version 4 of it was, made by the migrations up to that one; and what is in it."""
    state = f"{BARE}/var/lib/turnus"
    folder = f"{SOURCE}/daemon/store/migrations"
    old = sqlite3.connect(f"{state}/old.db")
    for name in sorted(os.listdir(folder))[:4]:
        old.executescript(open(f"{folder}/{name}", encoding="utf-8").read())
    old.executescript("PRAGMA user_version = 4; PRAGMA application_id = 0x74726e73;")
    tables = old.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE"
                         " 'sqlite_%'").fetchall()
    old.execute("ATTACH ? AS now", (f"{state}/turnus.db",))
    for table, in tables:
        names = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
        old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
    rows = old.execute("SELECT count(*) FROM main.links").fetchone()[0]
    now = old.execute("PRAGMA now.user_version").fetchone()[0]
    old.commit()
    old.close()
    os.rename(f"{state}/old.db", f"{state}/turnus.db")
    inside(BARE, "chown", "turnus:turnus", "/var/lib/turnus/turnus.db")
    return now, rows


def test_an_older_version_with_an_older_state_is_upgraded_and_forgets_nothing():
    make_older()
    apt(BARE, "remove", "turnus-plugin-exchange", "turnus-plugin-feed")
    inside(BARE, "dpkg", "-i", "/older.deb")
    now, rows = age_state()
    events = list_events()
    apt(BARE, "install", packages()["turnus"])
    inside(BARE, *AS_TURNUS, "turnusd", "--once", "--today", "2026-11-22")
    equal(list_events(), events)
    database = sqlite3.connect(f"{BARE}/var/lib/turnus/turnus.db")
    equal(database.execute("PRAGMA user_version").fetchone()[0], now)
    equal(database.execute("SELECT count(*) FROM links").fetchone()[0], rows)
    database.close()


def test_the_copy_made_before_leads_back():
    state = f"{BARE}/var/lib/turnus"
    copies = [name for name in os.listdir(state) if name.startswith("turnus.db.before-")]
    equal(copies, ["turnus.db.before-5"])
    apt(BARE, "install", "--allow-downgrades", "/older.deb")
    inside(BARE, *AS_TURNUS, "sh", "-c", "cd /var/lib/turnus && rm -f turnus.db-wal turnus.db-shm"
           " && cp -p turnus.db.before-5 turnus.db")
    inside(BARE, *AS_TURNUS, "turnusd", "--once", "--today", "2026-11-22")
    apt(BARE, "install", packages()["turnus"])


def test_removed_it_leaves_its_memory_and_purged_the_calendars_and_settings():
    apt(BARE, "remove", "turnus")
    assert os.path.exists(f"{BARE}/var/lib/turnus/turnus.db")
    events = list_events()
    apt(BARE, "purge", "turnus")
    equal(os.path.exists(f"{BARE}/var/lib/turnus"), False)
    equal(list_events(), events)
    assert os.path.exists(f"{BARE}/etc/turnus/turnus.conf")
    equal(os.path.lexists(f"{BARE}/etc/systemd/system/multi-user.target.wants/turnusd.service"), False)


def test_a_plugin_is_built_with_what_turnus_dev_brings():
    shutil.copy(BUILD + packages()["turnus-dev"], f"{BUILD}/dev.deb")
    apt(BUILD, "install", "/dev.deb")
    with open(f"{BUILD}/mine.c", "w", encoding="ascii") as plugin:
        plugin.write("#include <gmodule.h>\n#include <turnus-plugin.h>\n"
                     "G_MODULE_EXPORT const TurnusPlugin turnus_plugin = { .magic = "
                     "TURNUS_PLUGIN_MAGIC, .abi = TURNUS_PLUGIN_ABI, .size = sizeof (TurnusPlugin),"
                     ' .name = "mine" };\n')
    inside(BUILD, "sh", "-c", "cc -Wall -Werror -shared -fPIC -o /mine.so /mine.c "
           "$(pkg-config --cflags --libs turnus-plugin gmodule-2.0)")
    said = inside(BUILD, "pkg-config", "--variable=plugindir", "turnus-plugin").stdout
    assert said.strip().endswith("/turnus/plugins"), said


def main():
    if os.geteuid() != 0:
        skip("only root makes chroots")
    if shutil.which("mmdebstrap") is None:
        skip("mmdebstrap is not installed")
    mirror = find_mirror()
    if mirror is None:
        skip(f"no mirror of this machine answers and has {CODENAME}")
    make_chroots(mirror)
    Tap().run([test for name, test in globals().items() if name.startswith("test_")])


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
