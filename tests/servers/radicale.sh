#!/bin/sh
# Radicale (Debian: radicale). usage: radicale.sh start|stop|restart|status|wipe
# shellcheck disable=SC1091,SC2034 # lib.sh lies beside, and reads what is set here
NAME=radicale; PORT=${PORT:-5232}
. "$(dirname "$0")/lib.sh"
BASE="http://$HOST:$PORT"; CAL="$BASE/$TG_USER/turnus/"
do_start() {
  need radicale
  if ! alive main; then
    mkdir -p "$STATE/data"
    printf '%s:%s\n' "$TG_USER" "$TG_PASS" > "$STATE/htpasswd"
    cat > "$STATE/config" <<C
[server]
hosts = $HOST:$PORT
max_connections = 64
[auth]
type = htpasswd
htpasswd_filename = $STATE/htpasswd
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = $STATE/data
[logging]
level = warning
[web]
type = none
C
    t0=$(now_ms)
    setsid nohup radicale --config "$STATE/config" >> "$STATE/log" 2>&1 &
    record main $!
    wait_http "$BASE/"
    START_MS=$(( $(now_ms) - t0 ))
  fi
  mkcal "$CAL"; report "$CAL"
}
do_stop() { stop_one main; }
main "$@"
