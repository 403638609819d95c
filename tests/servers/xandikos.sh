#!/bin/sh
# Xandikos (Debian: xandikos). It has no authentication of its own: any user passes.
# shellcheck disable=SC1091,SC2034 # lib.sh lies beside, and reads what is set here
NAME=xandikos; PORT=${PORT:-8081}
. "$(dirname "$0")/lib.sh"
BASE="http://$HOST:$PORT"; CAL="$BASE/$TG_USER/calendars/turnus/"
do_start() {
  need xandikos
  if ! alive main; then
    mkdir -p "$STATE/data"
    t0=$(now_ms)
    setsid nohup xandikos -d "$STATE/data" --defaults --current-user-principal "/$TG_USER/" -l "$HOST" -p "$PORT" >> "$STATE/log" 2>&1 &
    record main $!
    wait_http "$BASE/"
    START_MS=$(( $(now_ms) - t0 ))
  fi
  mkcal "$CAL"; report "$CAL"
}
do_stop() { stop_one main; }
main "$@"
