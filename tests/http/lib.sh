# lib.sh - sourced by the tests here: a database, a server on a free port, TAP.
#   start_server [options]   sets $url, $server_pid, $log; init makes $db
#   start_proxy PATH         sets $proxy, its address; connect_proxy: it is before $url
#   check NAME COMMAND...    one TAP line
#   packages NAME FOLDER     sets $modules: npm's packages of FOLDER, in build/NAME
# With REQUESTS=FILE the targets of all GET requests in the access log are appended to FILE.
n=0 bad=0 server_pid="" proxy_pid=""
tests=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
work=$(mktemp -d) db="$work/prueba.sqlite" log="$work/log"

finish() {
    [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null
    [ -z "$server_pid" ] || wait "$server_pid" 2>/dev/null
    [ -z "$proxy_pid" ] || kill "$proxy_pid" 2>/dev/null
    [ -z "${REQUESTS:-}" ] || note_requests
    rm -rf "$work"
}
trap finish EXIT

# Each target once. Tests may run at a time: the lock keeps their lines whole. A line of the
# log is "TIME CLIENT GET TARGET STATUS BYTES USus ID".
note_requests() {
    [ -f "$log" ] || return # reading a pipe that nobody writes to would never end
    (
        flock 9
        awk '$3 == "GET" && $7 ~ /us$/ && !seen[$4]++ { print $4 }' "$log" >&9
    ) 9>>"$REQUESTS"
}

ok() {
    n=$((n + 1))
    echo "ok $n - $1"
}

not_ok() {
    n=$((n + 1)) bad=$((bad + 1))
    echo "not ok $n - $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 20 | sed 's/^/# /'
}

check() {
    local name=$1 out
    shift
    if out=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$* -> $out"; fi
}

# equal NAME WANTED GOT
equal() {
    if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "wanted «$2», got «$3»"; fi
}

# holds NAME PART TEXT
holds() {
    case "$3" in *"$2"*) ok "$1" ;; *) not_ok "$1" "no «$2» in: $3" ;; esac
}

start_server() {
    # A sanitizer's build takes ten times as long: limits of time are switched off.
    [ -z "${SANITIZER:-}" ] || [[ " $* " == *" --client-budget "* ]] || set -- --client-budget 0 "$@"
    [ -z "${SANITIZER:-}" ] || [[ " $* " == *" --figure-seconds "* ]] || set -- --figure-seconds 300 "$@"
    : >"$work/out" # of an earlier server
    "$SIGG" --db "$db" serve --listen 127.0.0.1:0 "$@" >"$work/out" 2>>"$log" &
    server_pid=$!
    for _ in $(seq 300); do
        url=$(sed -n 's#^SIGG está en \(http://.*\)/$#\1#p' "$work/out")
        [ -z "$url" ] || return 0
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.1
    done
    echo "Bail out! the server did not start: $(tail -n 5 "$log")"
    exit 1
}

# Ends the server: a sanitizer reports errors and leaks in its exit status.
stop_server() {
    kill -TERM "$server_pid"
    wait "$server_pid"
    local code=$?
    server_pid=""
    equal "the server stops with 0" 0 "$code"
    [ "$code" -eq 0 ] || tail -n 40 "$log" >&2
}

# A proxy that serves under a path, which it takes away; its log is $work/proxy.
start_proxy() {
    local path=$1
    python3 "$tests/support/path_proxy.py" "$path" "$work/backend" >"$work/proxy.port" 2>"$work/proxy" &
    proxy_pid=$!
    for _ in $(seq 100); do
        [ -s "$work/proxy.port" ] && break
        sleep 0.1
    done
    proxy="http://127.0.0.1:$(cat "$work/proxy.port")$path"
}

connect_proxy() {
    echo "${url#http://}" >"$work/backend"
}

init_database() {
    "$SIGG" --db "$db" init >"$work/init" 2>&1 && return 0
    echo "Bail out! init: $(tail -n 5 "$work/init")"
    exit 1
}

# status PATH [curl options]: only the status
status() {
    local path=$1
    shift
    curl -s -o /dev/null -w '%{http_code}' "$@" "$url$path"
}

# header NAME PATH [curl options]: the value of a response header
header() {
    local name=$1 path=$2
    shift 2
    curl -s -o /dev/null -D - "$@" "$url$path" | tr -d '\r' | sed -n "s/^$name: //Ip"
}

# packages NAME FOLDER: $modules is build/NAME with the packages of FOLDER's
# package-lock.json. Tests share it: the first installs, the others wait for that.
packages() {
    modules="$BUILD/$1"
    mkdir -p "$modules"
    (
        flock 9
        cmp -s "$2/package-lock.json" "$modules/installed-lock.json" && exit 0
        cp "$2/package.json" "$2/package-lock.json" "$modules/" && cd "$modules" &&
            npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 &&
            cp package-lock.json installed-lock.json
    ) 9>"$modules/lock"
}
