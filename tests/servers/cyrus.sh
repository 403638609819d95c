#!/bin/sh
# Cyrus IMAP's CalDAV (Debian: cyrus-imapd, cyrus-caldav, sasl2-bin, libsasl2-modules).
# A private instance: own config, spool, sasldb. master runs as root, children as user cyrus.
# shellcheck disable=SC1091,SC2034 # lib.sh lies beside, and reads what is set here
NAME=cyrus; PORT=${PORT:-8082}; IMAPPORT=${IMAPPORT:-1143}
. "$(dirname "$0")/lib.sh"
BASE="http://$HOST:$PORT"; CAL="$BASE/dav/calendars/user/$TG_USER/turnus/"
do_start() {
  need /usr/sbin/cyrmaster /usr/lib/cyrus/bin/httpd saslpasswd2
  if ! alive main; then
    chmod 755 "$STATE"
    for d in conf spool run run/proc run/lock run/socket conf/db conf/socket conf/log conf/msg conf/proc conf/ptclient conf/sieve; do
      install -d -o cyrus -g mail -m 750 "$STATE/$d"; done
    cat > "$STATE/imapd.conf" <<C
configdirectory: $STATE/conf
proc_path: $STATE/run/proc
mboxname_lockpath: $STATE/run/lock
defaultpartition: default
partition-default: $STATE/spool
sievedir: $STATE/conf/sieve
admins: cyrus
allowplaintext: yes
altnamespace: yes
unixhierarchysep: yes
virtdomains: off
httpmodules: caldav carddav ischedule tzdist domainkey freebusy
caldav_create_default: yes
caldav_create_sched: yes
caldav_create_attach: yes
calendar_user_address_set: example.org
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $STATE/sasldb2
sasl_mech_list: PLAIN
lmtpsocket: $STATE/run/socket/lmtp
idlesocket: $STATE/run/socket/idle
notifysocket: $STATE/run/socket/notify
httpallowcompress: yes
servername: $HOST
syslog_prefix: tgcyrus
httpkeepalive: 20
zoneinfo_dir:
C
    sed -i '/^zoneinfo_dir:$/d' "$STATE/imapd.conf"
    cat > "$STATE/cyrus.conf" <<C
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $STATE/imapd.conf -r"
}
SERVICES {
  imap cmd="/usr/lib/cyrus/bin/imapd -C $STATE/imapd.conf" listen="$HOST:$IMAPPORT" prefork=0 maxchild=20
  http cmd="/usr/lib/cyrus/bin/httpd -C $STATE/imapd.conf" listen="$HOST:$PORT" prefork=1 maxchild=50
}
EVENTS {
}
C
    r=$HOST
    for u in "$TG_USER" anna cyrus; do printf '%s' "$TG_PASS" | saslpasswd2 -p -c -f "$STATE/sasldb2" -u "$r" "$u"; done
    chown cyrus "$STATE/sasldb2"
    t0=$(now_ms)
    setsid nohup /usr/sbin/cyrmaster -C "$STATE/imapd.conf" -M "$STATE/cyrus.conf" -p "$STATE/master.pidfile" >> "$STATE/log" 2>&1 &
    record main $!
    wait_http "$BASE/" 30
    START_MS=$(( $(now_ms) - t0 ))
    # the user's INBOX must exist; the first authenticated DAV request then makes the default calendars
    for u in "$TG_USER" anna; do
      curl -s -u "cyrus:$TG_PASS" "imap://$HOST:$IMAPPORT/" -X "CREATE \"user/$u\"" > "$STATE/create.log" 2>&1 || true
    done
  fi
  mkcal "$CAL"; report "$CAL"
}
do_stop() { stop_one main; }
main "$@"
