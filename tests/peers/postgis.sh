# A PostgreSQL cluster with PostGIS of our own, for tests and benches; source it.
#
#   postgis_start DIR    a new cluster in DIR, on a socket there; no port
#   postgis_sql [psql options]   psql on its database "peer"
#   postgis_ogr          the OGR data source of it
#   postgis_stop         stops it
#
# Servers refuse to run as root: then user postgres runs it.

postgis_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

postgis_as() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

postgis_start() {
    [ -n "$postgis_bin" ] || { echo "PostgreSQL is not installed" >&2; return 1; }
    postgis_dir=$1/postgis
    mkdir -p "$postgis_dir" && chmod 755 "$1" || return 1
    [ "$(id -u)" -ne 0 ] || chown postgres "$postgis_dir"
    postgis_as "$postgis_bin/initdb" -D "$postgis_dir/data" -U postgres -A trust -E UTF8 --locale=C \
        --no-sync >"$1/initdb.log" 2>&1 || { cat "$1/initdb.log" >&2; return 1; }
    postgis_as "$postgis_bin/pg_ctl" -D "$postgis_dir/data" -w -s -l "$postgis_dir/log" -o \
        "-k $postgis_dir -c listen_addresses= -c fsync=off -c shared_buffers=256MB -c work_mem=64MB" \
        start || { cat "$postgis_dir/log" >&2; return 1; }
    psql -q -h "$postgis_dir" -U postgres -d postgres -c 'CREATE DATABASE peer' &&
        postgis_sql -q -c 'CREATE EXTENSION postgis'
}

postgis_sql() {
    psql -X -v ON_ERROR_STOP=1 -h "$postgis_dir" -U postgres -d peer "$@"
}

postgis_ogr() {
    echo "PG:host=$postgis_dir user=postgres dbname=peer"
}

postgis_stop() {
    [ -z "${postgis_dir:-}" ] ||
        postgis_as "$postgis_bin/pg_ctl" -D "$postgis_dir/data" -m immediate -s stop
}
