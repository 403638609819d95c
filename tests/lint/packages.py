#!/usr/bin/env python3
"""What building needs is said twice, and is the same: packages.py ROOT

packaging/packages.build is for people and the CI, Build-Depends for Debian's tools, where the
compiler goes without saying.
"""
import re
import sys

ROOT = sys.argv[1]
UNSAID = {"gcc", "libc6-dev"}

with open(f"{ROOT}/packaging/packages.build", encoding="utf-8") as lines:
    needed = {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}
with open(f"{ROOT}/packaging/debian/control", encoding="utf-8") as control:
    field = re.search(r"^Build-Depends:(.*?)^\S", control.read(), re.MULTILINE | re.DOTALL).group(1)
said = {re.split(r"[\s(<\[]", entry.strip())[0] for entry in field.split(",")}

missing = sorted(needed - UNSAID - said)
for name in missing:
    print(f"packaging/debian/control: Build-Depends lacks {name} of packages.build")
sys.exit(1 if missing else 0)
