#!/usr/bin/env python3
"""Each lint test must fail when it is broken: every case is a small tree with one fault. Speaks TAP."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LONG_BODY = "  x ();\n" * 12
NOTE = "TO" + "DO"

ROWS = {number: "not covered: not met here" for number in range(1, 116)}
ROWS.update({2: "`sync/good/late-hazards-2-104`, `system/good/hazard-2-a-fall`",
             17: "`/sync/good/hazard-17-and-18-3-times`; and the simulation",
             18: "`/sync/good/hazard-17-and-18-3-times`",
             104: "`sync/good/late-hazards-2-104`"})


def catalogue(rows, plural="(n != 1)"):
    """A catalogue with these rows: text, translation, flags."""
    head = ('msgid ""\nmsgstr "Language: da\\nMIME-Version: 1.0\\nContent-Type: text/plain; '
            'charset=UTF-8\\nPlural-Forms: nplurals=2; plural=%s;\\n"\n' % plural)
    return head + "".join('\n%smsgid "%s"\nmsgstr "%s"\n' % (flags, text, translation)
                          for text, translation, flags in rows)


VENUE = ("Venue", "Mødested", "")
HELLO = ("hello %s", "hej %s", "#, c-format\n")


def hazards(rows):
    """The page of hazards, where these rows are other ones; None: there is none."""
    return "".join("| %d | a fall | %s |\n" % row for row in {**ROWS, **rows}.items()
                   if row[1] is not None)


GOOD = {
    "daemon/base/date.h": '#pragma once\n#include <glib.h>\nint tn_date_new (int year);\n',
    "daemon/base/date.c": '#include "base/date.h"\n\n#include <string.h>\n\n/**\n * tn_date_new:\n */\n'
                          "int\ntn_date_new (int year)\n{\n" + LONG_BODY + "}\n",
    "daemon/base/clock.h": "#pragma once\n",
    "daemon/model/when.h": '#pragma once\n#include "base/date.h"\n',
    "daemon/provider/turnus-plugin.h": "#pragma once\n",
    "plugins/file/wire.h": "#pragma once\n",
    "plugins/file/wire.c": '#include "turnus-plugin.h"\n#include "wire.h"\n#include <gio/gio.h>\n',
    "daemon/ical/reader.c": '#include "model/when.h"\n#include <libical/ical.h>\n',
    "tests/lint/waivers.tsv": "file-length\tdaemon/base/waived.c\tto show that it passes\n",
    "tests/run": "#!/bin/sh\necho hello\n",
    "tests/sync/good.c": '{ "/sync/good/hazard-17-and-18-3-times", "late-hazards-2-104" };\n',
    "tests/system/good.py": "def test_hazard_2_a_fall():\n    pass\n",
    "tests/hazards.md": hazards({}),
    "daemon/model/words.c": 'x = N_ ("Venue");\nprintf (tn_say (language, "hello %s"), name);\n',
    "packaging/i18n/POTFILES": "daemon/model/words.c\n",
    "packaging/i18n/LINGUAS": "# one\nda\n",
    "packaging/i18n/xgettext-options": "--keyword=N_\n--keyword=tn_say:2\n--from-code=UTF-8\n",
    "packaging/i18n/da.po": catalogue([VENUE, HELLO]),
}

CASES = [
    # name, checker, path, content, what it must say (None: nothing is wrong)
    ("a-good-tree-passes-includes", "includes.py", None, None, None),
    ("a-good-tree-passes-words", "words.py", None, None, None),
    ("a-good-tree-passes-shape", "shape.py", None, None, None),
    ("a-good-tree-passes-hazards", "hazards.py", None, None, None),
    ("a-good-tree-passes-catalogues", "catalogues.py", None, None, None),
    ("base-may-not-see-model", "includes.py", "daemon/base/log.c",
     '#include "model/when.h"\n', "base may not include model/when.h"),
    ("model-may-not-see-rules", "includes.py", "daemon/model/plan.c",
     '#include "rules/turn.h"\n', "model may not include rules/turn.h"),
    ("layers-side-by-side-do-not-meet", "includes.py", "daemon/store/store.c",
     '#include "ical/reader.h"\n', "store may not include ical/reader.h"),
    ("only-ical-sees-libical", "includes.py", "daemon/sync/diff.c",
     "#include <libical/ical.h>\n", "sync may not include libical/ical.h"),
    ("only-store-sees-sqlite", "includes.py", "daemon/sync/apply.c",
     "#include <sqlite3.h>\n", "sync may not include sqlite3.h"),
    ("only-charter-sees-libconfig", "includes.py", "daemon/ctl/cmd-check.c",
     "#include <libconfig.h>\n", "ctl may not include libconfig.h"),
    ("unknown-libraries-are-refused", "includes.py", "daemon/base/zone.c",
     "#include <boost/any.h>\n", "base may not include boost/any.h"),
    ("plugin-may-not-see-the-program", "includes.py", "plugins/file/plugin.c",
     '#include "base/date.h"\n', "plugins/file may not include base/date.h"),
    ("plugin-may-not-see-another-plugin", "includes.py", "plugins/feed/plugin.c",
     '#include "../file/wire.h"\n', "plugins/feed may not include ../file/wire.h"),
    ("rules-read-no-clock", "includes.py", "daemon/rules/turn.c",
     '#include "base/clock.h"\n', "is pure and may not include base/clock.h"),
    ("diff-does-no-io", "includes.py", "daemon/sync/diff.c",
     "#include <gio/gio.h>\n", "is pure and may not include gio/gio.h"),
    ("folders-of-no-layer-are-refused", "includes.py", "daemon/misc/thing.c", "",
     "no layer of design section 3"),
    ("vague-file-names-are-refused", "words.py", "daemon/base/date-utils.c", "",
     "'util' in a file's name"),
    ("vague-type-names-are-refused", "words.py", "daemon/base/thing.h",
     "typedef struct _TnSyncManager TnSyncManager;\n", "'manager' in type _TnSyncManager"),
    ("vague-struct-names-are-refused", "words.py", "daemon/base/thing.c",
     "typedef struct\n{\n  int x;\n} LoadContext;\n", "'context' in type LoadContext"),
    ("longer-words-are-no-vague-words", "words.py", "daemon/base/thing.h",
     "typedef struct _TnMetadata TnMetadata;\n", None),
    ("notes-to-ourselves-are-refused", "words.py", "daemon/base/thing.c",
     "/* %s: later */\n" % NOTE, "a note to ourselves"),
    ("unsettled-merges-are-refused", "words.py", "tests/hazards.md",
     hazards({}) + "<" * 7 + " HEAD\n", "tests/hazards.md:116: a conflict of a merge"),
    ("paths-of-a-machine-are-refused", "words.py", "README.md",
     "see /ho" + "me/anna/turnus/\n", "a path of one machine"),
    ("long-files-are-refused", "shape.py", "daemon/base/thing.c",
     "int x;\n" * 501, "501 lines, at most 500"),
    ("long-functions-are-refused", "shape.py", "daemon/base/thing.c",
     "static void\nthing (void)\n{\n" + "  x ();\n" * 60 + "}\n", "63 lines, at most 60"),
    ("public-functions-without-doc-are-refused", "shape.py", "daemon/base/date.c",
     "int\ntn_date_new (int year)\n{\n" + LONG_BODY + "}\n", "public, without a doc comment"),
    ("waived-faults-pass", "shape.py", "daemon/base/waived.c",
     "int x;\n" * 501, None),
    ("hazards-without-a-row-are-refused", "hazards.py", "tests/hazards.md",
     hazards({5: None}), "hazard 5 has no row"),
    ("hazards-without-test-or-reason-are-refused", "hazards.py", "tests/hazards.md",
     hazards({5: "none yet"}), "hazard 5 names no test"),
    ("hazards-that-no-list-has-are-refused", "hazards.py", "tests/sync/bad.c",
     '"/sync/bad/hazard-116-new"', "there is no hazard 116"),
    ("tests-outside-of-their-rows-are-refused", "hazards.py", "tests/sync/bad.c",
     '"/sync/bad/hazard-5-new"', "hazard 5: /sync/bad/hazard-5-new is not in its row"),
    ("tests-that-are-gone-are-refused", "hazards.py", "tests/system/good.py",
     "", "hazard 2: no test system/good/hazard-2-a-fall cites it"),
    ("speakers-that-are-not-listed-are-refused", "catalogues.py", "daemon/model/theme.c",
     'x = N_ ("Theme");\n', "daemon/model/theme.c: speaks and is not listed"),
    ("missing-texts-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([HELLO]), "missing: 'Venue'"),
    ("untranslated-texts-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([HELLO, ("Venue", "", "")]), "not translated: 'Venue'"),
    ("fuzzy-texts-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([HELLO, ("Venue", "Sted", "#, fuzzy\n")]), "take the mark away: 'Venue'"),
    ("other-slots-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([VENUE, ("hello %s", "hej %d", "")]), "other slots in 'hej %d'"),
    ("other-plural-rules-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([VENUE, HELLO], "(n > 1)"), "Plural-Forms must be"),
    ("texts-put-aside-are-refused", "catalogues.py", "packaging/i18n/da.po",
     catalogue([VENUE, HELLO]) + '\n#~ msgid "old"\n#~ msgstr "gammel"\n', "put aside"),
    ("translations-of-other-branches-pass", "catalogues.py", "packaging/i18n/da.po",
     catalogue([VENUE, HELLO, ("more", "mere", "")]), None),
    ("misplaced-braces-are-refused", "layout.sh", "daemon/base/thing.c",
     "int thing(void){return 1;}\n", "code should be clang-formatted"),
    ("careless-scripts-are-refused", "scripts.sh", "tests/run",
     "#!/bin/sh\nrm -rf $1\n", "SC2086"),
]


def plant(folder, path, content):
    place = os.path.join(folder, path)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "w", encoding="utf-8") as file:
        file.write(content)


def run(checker, path, content):
    folder = tempfile.mkdtemp(prefix="turnus-lint-")
    try:
        for good, text in GOOD.items():
            plant(folder, good, text)
        if path is not None:
            plant(folder, path, content)
        shell = ["sh"] if checker.endswith(".sh") else [sys.executable, "-B"]
        command = shell + [os.path.join(HERE, checker), folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode("utf-8", "replace")
    finally:
        shutil.rmtree(folder)


def main():
    print("1..%d" % len(CASES))
    failed = 0
    for number, (name, checker, path, content, expected) in enumerate(CASES, 1):
        code, output = run(checker, path, content)
        if code == 77:
            print("ok %d /lint/%s # SKIP %s" % (number, name, output.strip()))
            continue
        good = code == 0 if expected is None else code != 0 and expected in output
        failed += 0 if good else 1
        print("%s %d /lint/%s" % ("ok" if good else "not ok", number, name))
        if not good:
            print("\n".join("# " + line for line in [repr(expected)] + output.split("\n")))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
