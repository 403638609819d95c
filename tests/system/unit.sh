#!/bin/sh
# The unit file: systemd takes it, and it exposes little: unit.sh UNIT.in TURNUSD
# Source: hazards section 3, "Unit lines behind the score"; the scale is tenths.
set -eu

if ! command -v systemd-analyze >/dev/null 2>&1; then
  echo "1..0 # skip systemd-analyze is not installed"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unit=$folder/turnusd.service
sed "s|@turnusd@|$2|" "$1" >"$unit"

# say NUMBER NAME COMMAND…: a line of TAP; what the command said stands below it when it failed
say() {
  number=$1
  name=$2
  shift 2
  if "$@" >"$folder/said" 2>&1; then
    echo "ok $number $name"
  else
    echo "not ok $number $name"
    sed 's/^/# /' "$folder/said"
  fi
}

# Of a key that it does not know it only says so.
without_a_word() {
  words=$("$@" 2>&1) || { echo "$words"; return 1; }
  [ -z "$words" ] || { echo "$words"; return 1; }
}

echo 1..2
say 1 /system/unit/systemd-takes-it-without-a-word \
  without_a_word systemd-analyze verify --man=no "$unit"
say 2 /system/unit/its-exposure-is-at-most-1.2 \
  systemd-analyze security --offline=yes --threshold=12 "$unit"
