# Servers of our own for a bench, on 127.0.0.1 and unix sockets; source it.
#
#   servers_port           a port that is free now
#   servers_nginx DIR      nginx with DIR/nginx.locations, one worker; sets $nginx_port
#   servers_mapserver DIR MAPFILE   MapServer as FastCGI on DIR/mapserv.sock; sets $mapserv_pid
#   servers_sigg DIR DB [options]   sets $sigg_url, $sigg_pid
#   servers_stop           stops all of them

servers_pids=""

servers_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

servers_nginx() {
    nginx_port=$(servers_port)
    mkdir -p "$1/nginx" && cat >"$1/nginx.conf" <<CONF
daemon off;
master_process off;
worker_processes 1;
pid $1/nginx/pid;
error_log $1/nginx/error.log;
events { worker_connections 512; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    client_body_temp_path $1/nginx/body;
    proxy_temp_path $1/nginx/proxy;
    fastcgi_temp_path $1/nginx/fastcgi;
    uwsgi_temp_path $1/nginx/uwsgi;
    scgi_temp_path $1/nginx/scgi;
    upstream mapserv { server unix:$1/mapserv.sock; keepalive 1; }
    server {
        listen 127.0.0.1:$nginx_port;
        $(cat "$1/nginx.locations")
    }
}
CONF
    /usr/sbin/nginx -p "$1/nginx" -e "$1/nginx/error.log" -c "$1/nginx.conf" 2>"$1/nginx/stderr" &
    servers_pids="$servers_pids $!"
    servers_answer "http://127.0.0.1:$nginx_port/" || { cat "$1/nginx/stderr" "$1/nginx/error.log" >&2; return 1; }
}

# Waits up to ten seconds until something answers HTTP there.
servers_answer() {
    for _ in $(seq 100); do
        curl -s -o /dev/null "$1" && return 0
        sleep 0.1
    done
    echo "$1 does not answer" >&2
    return 1
}

servers_mapserver() {
    printf 'CONFIG\n ENV\n  MS_MAP_NO_PATH "1"\n END\n MAPS\n  BENCH "%s"\n END\nEND\n' "$2" >"$1/mapserver.conf"
    MAPSERVER_CONFIG_FILE="$1/mapserver.conf" spawn-fcgi -n -M 666 -s "$1/mapserv.sock" -- /usr/bin/mapserv \
        >"$1/mapserv.log" 2>&1 &
    mapserv_pid=$!
    servers_pids="$servers_pids $mapserv_pid"
    for _ in $(seq 50); do
        [ ! -S "$1/mapserv.sock" ] || return 0
        sleep 0.1
    done
    cat "$1/mapserv.log" >&2
    return 1
}

servers_sigg() {
    local dir=$1 db=$2
    shift 2
    "$SIGG" --db "$db" serve --quiet --listen 127.0.0.1:0 --client-budget 0 "$@" >"$dir/sigg.out" 2>"$dir/sigg.err" &
    sigg_pid=$!
    servers_pids="$servers_pids $sigg_pid"
    for _ in $(seq 100); do
        sigg_url=$(sed -n 's#^SIGG está en \(http://.*\)/$#\1#p' "$dir/sigg.out")
        [ -z "$sigg_url" ] || return 0
        sleep 0.1
    done
    cat "$dir/sigg.err" >&2
    return 1
}

servers_stop() {
    for pid in $servers_pids; do kill "$pid" 2>/dev/null; done
    [ -z "$servers_pids" ] || sleep 0.5
    # MapServer handles a signal only after the next request.
    for pid in $servers_pids; do kill -KILL "$pid" 2>/dev/null; done
    for pid in $servers_pids; do wait "$pid" 2>/dev/null; done
    servers_pids=""
}
