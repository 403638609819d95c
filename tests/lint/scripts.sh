#!/bin/sh
# Every shell script through shellcheck: scripts.sh ROOT. Skipped (77) where it is not installed.
set -eu
cd "$1"

if ! command -v shellcheck >/dev/null 2>&1; then
  echo "shellcheck is not installed"
  exit 77
fi
# By their first line: most have no ending.
faults=$(find . \( -name .git -o -name 'build*' -o -name node_modules \) -type d -prune \
  -o -type f -size -200k -exec awk '
    FNR == 1 { if (/^#!.*[\/ ](sh|bash)( |$)/) print FILENAME; nextfile }' {} + |
  while IFS= read -r script; do
    shellcheck -f gcc "$script" || true
  done)
[ -z "$faults" ] || { printf '%s\n' "$faults"; exit 1; }
