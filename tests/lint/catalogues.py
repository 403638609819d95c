#!/usr/bin/env python3
"""Every text of the sources in every language: catalogues.py ROOT

The texts are collected by xgettext as for the translators. Each stands in each catalogue of
packaging/i18n, translated, not guessed (fuzzy), with the same slots; a catalogue has the plural rule
that tn_say_count() goes by. A translation whose text is gone is told and is no fault: it may come
back with another branch, and `ninja turnus-update-po` puts it aside. Skipped (77) without gettext.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import sources

FOLDER = "packaging/i18n"
PLURAL = "nplurals=2; plural=(n != 1);"
SPEAKS = re.compile(r"\b(?:N_|NC_|tn_say\w*) \(")
SPEAKER = re.compile(r"^daemon/model/catalogue\.[ch]$")
SLOT = re.compile(r"%(?:\d+\$)?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z]"
                  r"|%(?:\d+\$)?[-0]*\d*\" G_G\w+ \"|\{\w+\}")
QUOTED = {"n": "\n", "t": "\t"}
FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$')


def unquote(text):
    return re.sub(r"\\(.)", lambda match: QUOTED.get(match.group(1), match.group(1)), text)


def read_po(text):
    """Entries as dictionaries of their fields; what is put aside (#~) is none."""
    entries = []
    for block in re.split(r"\n\s*\n", text):
        entry = {"flags": "".join(re.findall(r"^#,(.*)$", block, re.MULTILINE))}
        field = None
        for line in block.split("\n"):
            match = FIELD.match(line)
            if match:
                field = match.group(1)
                entry[field] = unquote(match.group(2))
            elif field and line.startswith('"'):
                entry[field] += unquote(line[1:-1])
        if "msgid" in entry:
            entries.append(entry)
    return entries


def key_of(entry):
    return entry.get("msgctxt"), entry["msgid"]


def slots_of(text):
    """`%2$s` takes what the second slot takes; `{Name}` is `{name}` with a capital."""
    plain = re.sub(r"%\d+\$", "%", text.replace("%%", ""))
    return sorted(slot.lower() if slot[0] == "{" else slot for slot in SLOT.findall(plain))


def check_potfiles(root):
    listed = sources.read(root, FOLDER + "/POTFILES").split()
    if listed != sorted(listed):
        yield "%s/POTFILES: not sorted" % FOLDER
    for path in listed:
        if not os.path.exists(os.path.join(root, path)):
            yield "%s/POTFILES: %s is not there" % (FOLDER, path)
    for path in sources.list_c(root, "daemon", "plugins"):
        if path not in listed and not SPEAKER.match(path):
            if SPEAKS.search(sources.strip_comments(sources.read(root, path))):
                yield "%s: speaks and is not listed in %s/POTFILES" % (path, FOLDER)


def collect(root):
    """What xgettext finds; a listed file that is missing was told above."""
    options = sources.read(root, FOLDER + "/xgettext-options").split("\n")
    listed = sources.read(root, FOLDER + "/POTFILES").split()
    there = [path for path in listed if os.path.exists(os.path.join(root, path))]
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "turnus.pot")
        subprocess.run(["xgettext", "--force-po", "--output", pot]
                       + [option for option in options if option] + there, cwd=root, check=True)
        with open(pot, encoding="utf-8") as file:
            return read_po(file.read())


def check_entry(place, wanted, entry):
    if entry is None:
        return ["%s: missing: %r" % (place, wanted["msgid"])]
    fields = ["msgstr"] if "msgid_plural" not in wanted else ["msgstr[0]", "msgstr[1]"]
    faults = []
    for field in fields:
        if not entry.get(field):
            faults.append("%s: not translated: %r" % (place, wanted["msgid"]))
    if "fuzzy" in entry["flags"]:
        faults.append("%s: fuzzy, read it and take the mark away: %r" % (place, wanted["msgid"]))
    source = {"msgstr": "msgid", "msgstr[0]": "msgid", "msgstr[1]": "msgid_plural"}
    for field in fields:
        text = wanted.get(source[field], "")
        if entry.get(field) and slots_of(entry[field]) != slots_of(text):
            # "one event" may say no number
            if field == "msgstr[0]" and not set(slots_of(entry[field])) - set(slots_of(text)):
                continue
            faults.append("%s: other slots in %r than in %r" % (place, entry[field], text))
        if entry.get(field) and entry[field].endswith("\n") != text.endswith("\n"):
            faults.append("%s: ends another way: %r" % (place, text))
    return faults


def check_catalogue(root, language, wanted):
    place = "%s/%s.po" % (FOLDER, language)
    text = sources.read(root, place)
    entries = {key_of(entry): entry for entry in read_po(text)}
    faults = []
    if PLURAL not in entries.get((None, ""), {}).get("msgstr", ""):
        faults.append("%s: Plural-Forms must be %s" % (place, PLURAL))
    if re.search(r"^#~", text, re.MULTILINE):
        faults.append("%s: texts that are put aside (#~): msgattrib --no-obsolete" % place)
    for entry in wanted:
        if entry["msgid"]:
            faults += check_entry(place, entry, entries.get(key_of(entry)))
    judged = subprocess.run(["msgfmt", "--check", "--output-file", os.devnull,
                             os.path.join(root, place)], stderr=subprocess.PIPE, text=True,
                            check=False)
    if judged.returncode != 0:
        faults.append("%s: %s" % (place, judged.stderr.strip()))
    known = {key_of(entry) for entry in wanted}
    for context, msgid in entries:
        if msgid and (context, msgid) not in known:
            print("warning: %s: no source says %r any more" % (place, msgid))
    return faults


def main(root):
    if not shutil.which("xgettext") or not shutil.which("msgfmt"):
        print("gettext is not installed")
        sys.exit(77)
    faults = list(check_potfiles(root))
    wanted = collect(root)
    languages = [line for line in sources.read(root, FOLDER + "/LINGUAS").split("\n")
                 if line and not line.startswith("#")]
    for language in " ".join(languages).split():
        faults += check_catalogue(root, language, wanted)
    sources.finish(faults)


if __name__ == "__main__":
    main(sys.argv[1])
