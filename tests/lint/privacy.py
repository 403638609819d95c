#!/usr/bin/env python3
"""PRIVACY.md tells of each table of the store: privacy.py ROOT"""
import glob
import re
import sys

ROOT = sys.argv[1]
tables = set()
for path in glob.glob(f"{ROOT}/daemon/store/migrations/*.sql"):
    with open(path, encoding="utf-8") as migration:
        tables |= set(re.findall(r'^CREATE TABLE "?(\w+)', migration.read(), re.MULTILINE))
with open(f"{ROOT}/packaging/docs/PRIVACY.md", encoding="utf-8") as told:
    named = set(re.findall(r"^\| `(\w+)` \|", told.read(), re.MULTILINE))

missing = sorted(tables - named)
for table in missing:
    print(f"packaging/docs/PRIVACY.md: no word about the table {table}")
sys.exit(1 if missing or not tables else 0)
