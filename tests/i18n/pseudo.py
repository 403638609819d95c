#!/usr/bin/env python3
"""A language that nobody speaks: pseudo.py IN.po OUT.po

Each text of a catalogue becomes itself with other letters, longer, in brackets: ⟦Ĥöšţ··⟧. Whoever
reads the programs in it sees at once what does not go through the catalogue, and what is cut.
Slots stay as they are.
"""
import pathlib
import re
import sys

LETTERS = str.maketrans("aceghijklnorstuwyzACEGHIJKLNORSTUWYZ",
                        "áçéğĥíĵķļñöŕšţúŵýžÁÇÉĞĤÍĴĶĻÑÖŔŠŢÚŴÝŽ")
SLOT = re.compile(r"(%(?:\d+\$)?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z]|%%|\{\w+\}"
                  r"|\\.)")
FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$')
SOURCE = {"msgstr": "msgid", "msgstr[0]": "msgid", "msgstr[1]": "msgid_plural"}


def disguise(text):
    """text as it stands in a catalogue, with its backslashes."""
    if not re.search("[A-Za-z]", SLOT.sub("", text)):
        return text
    start = re.match(r"(?:\\n|\s)*", text).group(0)
    end = re.search(r"(?:\\n|\s)*$", text[len(start):]).group(0)
    core = text[len(start):len(text) - len(end)]
    parts = SLOT.split(core)
    other = "".join(part if i % 2 else part.translate(LETTERS) for i, part in enumerate(parts))
    return start + "⟦" + other + "·" * (len(core) // 4) + "⟧" + end


def read_fields(block):
    fields = {}
    field = None
    for line in block.split("\n"):
        match = FIELD.match(line)
        if match:
            field = match.group(1)
            fields[field] = match.group(2)
        elif field and line.startswith('"'):
            fields[field] += line[1:-1]
    return fields


def main(source, target):
    text = pathlib.Path(source).read_text(encoding="utf-8")
    out = []
    for block in re.split(r"\n\s*\n", text):
        fields = read_fields(block)
        if fields.get("msgid"):
            for field in list(fields):
                if field in SOURCE:
                    fields[field] = disguise(fields[SOURCE[field]])
        if "msgid" in fields:
            out.append("\n".join('%s "%s"' % pair for pair in fields.items()))
    pathlib.Path(target).write_text("\n\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
