#!/bin/sh
# packaging/install-packages with an apt that only looks around: what is installed is not started.
#
#   packages.sh SCRIPT
set -eu

script=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
cat >"$folder/bin/apt-get" <<'END'
#!/bin/sh
echo "$*" >>"$LOG"
if [ -x "$POLICY_RC_D" ]; then status=0; "$POLICY_RC_D" || status=$?; else status=none; fi
echo "policy $status" >>"$LOG"
exit "${APT_STATUS:-0}"
END
printf '#!/bin/sh\nexit 1\n' >"$folder/bin/dpkg-query"
printf '#!/bin/sh\necho 0\n' >"$folder/bin/id"
chmod 755 "$folder/bin/"*
printf '# why\nsomething-served  # a server\nsh-it command=sh # is there\n' >"$folder/list"
LOG=$folder/log
POLICY_RC_D=$folder/policy-rc.d
export LOG POLICY_RC_D

run() {
  : >"$LOG"
  PATH="$folder/bin:$PATH" sh "$script" "$folder/list" 2>"$folder/said" || return $?
}
count=0
judge() { # NAME CONDITION…
  count=$((count + 1))
  name=$1
  shift
  if "$@"; then echo "ok $count $name"; else echo "not ok $count $name"; fi
}
is_logged() { grep -qx -- "$1" "$LOG"; }

run
judge installs-what-is-missing is_logged 'install -y -qq --no-install-recommends something-served'
judge nothing-is-started-by-being-installed is_logged 'policy 101'
judge leaves-no-policy-behind test ! -e "$POLICY_RC_D"

printf '#!/bin/sh\nexit 104\n' >"$POLICY_RC_D"
chmod 755 "$POLICY_RC_D"
run
judge a-policy-of-the-administrator-counts is_logged 'policy 104'
judge a-policy-of-the-administrator-stays grep -q 104 "$POLICY_RC_D"
rm "$POLICY_RC_D"

APT_STATUS=100
export APT_STATUS
status=0
run || status=$?
judge a-failure-is-told test "$status" -ne 0
judge leaves-no-policy-behind-after-a-failure test ! -e "$POLICY_RC_D"
echo "1..$count"
