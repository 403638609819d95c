#!/bin/sh
# Every C file as clang-format lays it out: layout.sh ROOT. Skipped (77) without clang-format 14: other
# versions lay out a few lines otherwise.
set -eu
cd "$1"

for program in clang-format-14 clang-format; do
  if "$program" --version 2>/dev/null | grep -q 'version 14\.'; then
    find daemon plugins tests -name '*.[ch]' -exec "$program" --dry-run -Werror {} +
    exit 0
  fi
done
echo "clang-format 14 is not installed"
exit 77
