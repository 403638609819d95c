#!/bin/sh
# A counting reverse proxy (Debian: nginx-light) in front of one test server.
# usage: UPSTREAM=127.0.0.1:5232 logproxy.sh start|stop ; one line a request in $STATE/access.log
# shellcheck disable=SC1091,SC2034 # lib.sh lies beside, and reads what is set here
NAME=logproxy; PORT=${PORT:-9080}
. "$(dirname "$0")/lib.sh"
UPSTREAM=${UPSTREAM:-127.0.0.1:5232}
do_start() {
  need /usr/sbin/nginx
  do_stop
  : > "$STATE/access.log"
  cat > "$STATE/nginx.conf" <<C
daemon off; pid $STATE/nginx.pid; error_log $STATE/error.log; user root;
worker_processes 1;
events { worker_connections 512; }
http {
 log_format c '\$request_method \$status \$request_length \$bytes_sent \$connection \$connection_requests \$request_time \$uri';
 access_log $STATE/access.log c;
 client_body_temp_path $STATE/b; proxy_temp_path $STATE/p; fastcgi_temp_path $STATE/f; uwsgi_temp_path $STATE/u; scgi_temp_path $STATE/s;
 client_max_body_size 64m; keepalive_requests 1000000; proxy_read_timeout 600s;
 upstream up { server $UPSTREAM; keepalive 32; keepalive_requests 1000000; }
 server { listen $HOST:$PORT;
  location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host \$http_host; } }
}
C
  t0=$(now_ms)
  setsid nohup /usr/sbin/nginx -c "$STATE/nginx.conf" -p "$STATE" >> "$STATE/log" 2>&1 &
  record main $!
  wait_http "http://$HOST:$PORT/"; START_MS=$(( $(now_ms) - t0 )); : > "$STATE/access.log"
  echo "URL=http://$HOST:$PORT/ LOG=$STATE/access.log START_MS=$START_MS"
}
do_stop() { stop_one main; }
main "$@"
