#!/bin/sh
# sabre/dav 1.8 (Debian: php-sabre-dav, php-sqlite3, apache2, libapache2-mod-php) on SQLite.
# shellcheck disable=SC1091,SC2016,SC2034 # lib.sh lies beside, and reads what is set here
NAME=sabredav; PORT=${PORT:-8085}
. "$(dirname "$0")/lib.sh"
BASE="http://$HOST:$PORT"; CAL="$BASE/calendars/$TG_USER/turnus/"
M=/usr/lib/apache2/modules; EX=/usr/share/doc/php-sabre-dav/examples/sql
do_start() {
  need /usr/sbin/apache2 php /usr/share/php/Sabre/autoload.php
  if ! alive main; then
    chmod 755 "$STATE"; mkdir -p "$STATE/htdocs"; install -d -o www-data -g www-data "$STATE/data"
    if [ ! -f "$STATE/data/db.sqlite" ]; then
      TG_U="$TG_USER" TG_P="$TG_PASS" php -r '$d=new PDO("sqlite:".$argv[1]); $d->setAttribute(PDO::ATTR_ERRMODE,PDO::ERRMODE_EXCEPTION);
        foreach(["calendars","principals","users","locks"] as $f){ $p=$argv[2]."/sqlite.$f.sql"; $s=is_file($p)?file_get_contents($p):gzdecode(file_get_contents("$p.gz")); $d->exec($s);}
        $d->exec("delete from users"); $d->exec("delete from principals");
        foreach([getenv("TG_U"),"anna"] as $u){
          $d->prepare("insert into users(username,digesta1) values(?,?)")->execute([$u,md5("$u:SabreDAV:".getenv("TG_P"))]);
          foreach(["","/calendar-proxy-read","/calendar-proxy-write"] as $x)
            $d->prepare("insert into principals(uri,email,displayname) values(?,?,?)")->execute(["principals/$u$x",$x?null:"$u@example.org",$u]);}' \
        "$STATE/data/db.sqlite" $EX
      chown -R www-data "$STATE/data"
    fi
    cat > "$STATE/htdocs/server.php" <<'P'
<?php
error_reporting(0); date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';
$pdo = new PDO('sqlite:'.getenv('TG_DB')); $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('PRAGMA busy_timeout=10000');
class TurnusAuth extends \Sabre\DAV\Auth\Backend\AbstractBasic {
  private $p; function __construct($p){ $this->p=$p; }
  protected function validateUserPass($u,$w){ $s=$this->p->prepare('select digesta1 from users where username=?'); $s->execute([$u]); return $s->fetchColumn()===md5("$u:SabreDAV:$w"); }
}
$cb = new \Sabre\CalDAV\Backend\PDO($pdo); $pb = new \Sabre\DAVACL\PrincipalBackend\PDO($pdo);
$server = new \Sabre\DAV\Server([new \Sabre\CalDAV\Principal\Collection($pb), new \Sabre\CalDAV\CalendarRootNode($pb, $cb)]);
$server->setBaseUri('/');
$server->addPlugin(new \Sabre\DAV\Auth\Plugin(new TurnusAuth($pdo), 'SabreDAV'));
$server->addPlugin(new \Sabre\DAVACL\Plugin());
$server->addPlugin(new \Sabre\CalDAV\Plugin());
$server->exec();
P
    cat > "$STATE/apache.conf" <<C
ServerRoot $STATE
PidFile $STATE/apache.pid
ServerName $HOST
Listen $HOST:$PORT
LoadModule mpm_prefork_module $M/mod_mpm_prefork.so
LoadModule authz_core_module $M/mod_authz_core.so
LoadModule mime_module $M/mod_mime.so
LoadModule rewrite_module $M/mod_rewrite.so
LoadModule setenvif_module $M/mod_setenvif.so
LoadModule env_module $M/mod_env.so
LoadModule php_module $M/libphp8.2.so
TypesConfig /etc/mime.types
User www-data
Group www-data
StartServers 4
MaxRequestWorkers 32
KeepAlive On
MaxKeepAliveRequests 0
ErrorLog $STATE/error.log
DocumentRoot $STATE/htdocs
SetEnv TG_DB $STATE/data/db.sqlite
<FilesMatch "\.php$">
 SetHandler application/x-httpd-php
</FilesMatch>
<Directory $STATE/htdocs>
 Require all granted
</Directory>
RewriteEngine On
RewriteRule ^/(.*)$ /server.php [E=HTTP_AUTHORIZATION:%{HTTP:Authorization},L]
C
    t0=$(now_ms)
    setsid nohup /usr/sbin/apache2 -f "$STATE/apache.conf" -DFOREGROUND >> "$STATE/log" 2>&1 &
    record main $!
    wait_http "$BASE/" 30
    START_MS=$(( $(now_ms) - t0 ))
  fi
  mkcal "$CAL"; report "$CAL"
}
do_stop() { stop_one main; }
main "$@"
