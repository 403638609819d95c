#!/usr/bin/env python3
"""Writes compiled catalogues as a C table, by language: embed.py OUT LANGUAGE=FILE.mo...

A text in the program, not a file that it looks for: constant bytes, shared by all processes, there
before anything else and never unpacked.
"""

import pathlib
import sys

BYTES_A_LINE = 24

out, *files = sys.argv[1:]
arrays = []
rows = []
for language, file in (argument.split("=", 1) for argument in files):
    content = pathlib.Path(file).read_bytes()
    lines = (content[start:start + BYTES_A_LINE] for start in range(0, len(content), BYTES_A_LINE))
    body = "\n".join("  " + "".join("%d," % byte for byte in line) for line in lines)
    arrays.append(f"static const guint8 catalogue_{language}[] = {{\n{body}\n}};\n")
    rows.append(f"  [TN_LANGUAGE_{language.upper()}]"
                f" = {{ catalogue_{language}, sizeof catalogue_{language} }},")

pathlib.Path(out).write_text(
    "/* Made from packaging/i18n/ by embed.py. */\n"
    '#include "model/catalogues.h"\n\n'
    + "\n".join(arrays)
    + "\nconst TnMoFile tn_catalogues[TN_LANGUAGE_EN + 1] = {\n" + "\n".join(rows) + "\n};\n",
    encoding="ascii")
