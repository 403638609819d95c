#!/bin/sh
# Makes the golden wheels and sheets anew: draw.sh TURNUSCTL, in the project's folder. They are looked
# at in a browser and read before they are committed; tests/golden/wheels.c compares them.
set -eu
ctl=$1

draw () { # name charter year [option value]
    name=$1 charter=$2 year=$3
    shift 3
    "$ctl" wheel --holidays conf/holidays --charter "$charter" --year "$year" \
        --today 2026-11-22 "$@" -o "tests/golden/wheel-$name.svg"
    "$ctl" programme --holidays conf/holidays --charter "$charter" --year "$year" \
        --today 2026-11-22 "$@" -o "tests/golden/programme-$name.txt"
    "$ctl" programme --agenda --holidays conf/holidays --charter "$charter" --year "$year" \
        --today 2026-11-22 "$@" -o "tests/golden/agenda-$name.txt"
    "$ctl" programme --hosts --holidays conf/holidays --charter "$charter" --year "$year" \
        --today 2026-11-22 "$@" -o "tests/golden/hosts-$name.txt"
}

draw 7by conf/charters/7by.conf 2027
draw 6by conf/charters/6by.conf 2027
draw familjen conf/charters/familjen-helsingborg.conf 2027
draw kkr conf/charters/kkr.conf 2027 --collaboration kkr-syddanmark
draw ks conf/charters/ks-aldersvennlige.conf 2019
draw empty conf/charters/7by.conf 2010
draw sixty tests/golden/sixty.conf 2027
draw forty-letters tests/golden/forty-letters.conf 2027
"$ctl" wheel --html --charter conf/charters/7by.conf --year 2027 --today 2026-11-22 \
    -o tests/golden/wheel-7by.html
"$ctl" programme --format html --charter conf/charters/7by.conf --year 2027 --today 2026-11-22 \
    -o tests/golden/seven-cities-2027.html
mkdir -p packaging/pictures
cp tests/golden/wheel-7by.svg packaging/pictures/wheel-7by.svg
