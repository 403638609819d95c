#!/usr/bin/env python3
"""Writes the migrations named on the command line, in order, as a C table: embed.py OUT SQL..."""

import pathlib
import sys

out, *files = sys.argv[1:]
rows = []
for number, file in enumerate(files, start=1):
    path = pathlib.Path(file)
    if not path.stem.startswith(f"{number:04d}-"):
        sys.exit(f"{file}: expected number {number:04d} here")
    lines = path.read_text(encoding="ascii").splitlines()
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    text = "\n".join(f'    "{line}\\n"' for line in escaped)
    rows.append(f'  {{ .name = "{path.stem}", .sql =\n{text} }},')

body = "\n".join(rows)
pathlib.Path(out).write_text(
    "/* Made from daemon/store/migrations/ by embed.py. */\n"
    '#include "store/migration.h"\n\n'
    f"const TnMigration tn_migrations[] = {{\n{body}\n  {{ .name = NULL }},\n}};\n",
    encoding="ascii")
