#!/usr/bin/env python3
"""No English is left: untranslated.py TURNUSCTL ROOT

turnusctl is run with catalogues of a language that nobody speaks (pseudo.py), so every word in plain
letters either comes from a charter, a holiday file or a command line, or was never translated.
Speaks TAP.
"""
import os
import re
import subprocess
import sys

TURNUSCTL, ROOT = sys.argv[1:3]
CHARTERS = os.path.join(ROOT, "conf", "charters")
TODAY = "2026-11-22"

# What stands in charters and holiday files as people wrote it.
WRITTEN = re.compile(r'\b(?:id|name|title|theme|note|minutes|description|text|place|venue|costs|group|'
                     r'prefix|short|site|council|by|role|was|source|area|areas|calendar|rotation|guests|'
                     r'participants|timezone|file|because)\s*=\s*(\[[^\]]*\]|\([^)]*\)|"[^"]*"(?:\s*"[^"]*")*)')
WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]+(?![^\W\d_])")
VOWEL = re.compile("[aeiouy]")

# Names that mean the same in every language, and values that are typed.
KNOWN = {"turnusctl", "turnusd", "turnus", "conf", "csv", "html", "caldav", "json", "iCalendar", "ics",
         "kept", "used", "after", "unchanged", "ask", "file", "none", "observe", "write", "public",
         "observance", "eve", "school", "break", "election", "pages", "true"}


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def find_words(text):
    return {word for word in WORD.findall(text) if len(word) > 2 and VOWEL.search(word)}


def list_written():
    texts = []
    for folder in ("charters", "holidays"):
        for name in os.listdir(os.path.join(ROOT, "conf", folder)):
            text = read("conf", folder, name)
            texts += WRITTEN.findall(text)
            texts += re.findall(r'"([A-ZÆØÅÄÖ][^"]*)"', text)  # also those that a template puts in
            texts.append(name)
    return find_words("\n".join(texts))


def run(*arguments):
    environment = dict(os.environ, LC_ALL="da_DK.UTF-8", LANGUAGE="")
    done = subprocess.run([TURNUSCTL, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment, check=False, timeout=120)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def list_commands():
    """From the source: each file of a command tells its name and its options."""
    text = "\n".join(read("daemon", "ctl", name) for name in os.listdir(os.path.join(ROOT, "daemon/ctl"))
                     if name.endswith(".c"))
    return sorted(set(re.findall(r'\.name = "([a-z]+)"', text))), text


def list_series(charter):
    text = read("conf", "charters", charter)
    collaboration = re.search(r'collaboration\b.*?\bid\s*=\s*"([^"]+)"', text, re.DOTALL)
    series = re.findall(r'\{\s*id = "([^"]+)";\s*(?:was = [^;]*;\s*)?kind', text)
    return (collaboration.group(1) if collaboration else ""), series


def list_questions():
    commands, _ = list_commands()
    yield "help", ["--help"]
    for command in commands:
        yield "help-of-" + command, [command, "--help"]
    for country in ("dk", "no", "se"):
        yield "holidays-" + country, ["holidays", country, "--from", "2027", "--to", "2027",
                                      "--holidays", os.path.join(ROOT, "conf", "holidays")]
    for charter in sorted(os.listdir(CHARTERS)):
        common = ["--charter", os.path.join(CHARTERS, charter), "--today", TODAY]
        yield "check-" + charter, ["check"] + common
        yield "prose-" + charter, ["check", "--prose"] + common
        yield "list-" + charter, ["list"] + common
        yield "programme-" + charter, ["programme", "--year", "2027"] + common
        for series in list_series(charter)[1]:
            yield "hosts-%s-%s" % (charter, series), ["hosts", series] + common


def list_explanations(listing):
    """The references that a list shows, each once."""
    return sorted(set(re.findall(r"\b[\w-]+/[\w-]+/[\w.-]+(?:/[\w.-]+)?", listing)))


def judge(name, arguments, output, allowed):
    given = find_words(" ".join(arguments))
    left = find_words(output) - allowed - given
    return ["%s: %s" % (name, " ".join(sorted(left)))] if left else []


def strip_commands(text, names):
    """What is typed stays as it is: commands and options, and what stands behind `usage:`."""
    text = re.sub(r"^.*(?:turnusctl|systemctl) .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"--?[a-z][a-z-]*", "", text)
    text = re.sub(r"^  (?:%s)\b[^⟦]*" % "|".join(names), "", text, flags=re.MULTILINE)
    return re.sub(r"\[[^\]]*\]", "", text)  # where it stands: [7by.conf:48]


def main():
    commands, _ = list_commands()
    allowed = list_written() | KNOWN | set(commands)
    faults = []
    ran = 0
    listings = []
    for name, arguments in list_questions():
        code, output, error = run(*arguments)
        ran += 1
        if code == 2 and arguments[0] == "hosts":
            continue  # nothing goes round there; what is refused is said in English
        if code not in (0, 3) or not output:
            faults.append("%s: ends with %d: %s" % (name, code, error))
        if arguments[0] == "list":
            listings.append((arguments[1:], output))
        faults += judge(name, arguments, strip_commands(output + error, commands), allowed)
    for common, listing in listings:
        for reference in list_explanations(listing)[:40]:
            code, output, error = run("explain", reference, *common)
            ran += 1
            faults += judge("explain-" + reference, [reference], strip_commands(output, commands),
                            allowed)
    for fault in faults:
        print("# " + fault)
    print("1..2")
    print("%s 1 /i18n/untranslated/%s" % ("ok" if ran > 60 else "not ok", "many-answers-were-read"))
    print("%s 2 /i18n/untranslated/no-answer-has-a-word-of-english" % ("not ok" if faults else "ok"))
    sys.exit(1 if faults or ran <= 60 else 0)


if __name__ == "__main__":
    main()
