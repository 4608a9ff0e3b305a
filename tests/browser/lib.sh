# lib.sh - sourced by the tests here, after ../http/lib.sh: $modules, a folder
# with the test's script and the packages of package-lock.json.
#   browser_ready WHAT SCRIPT...   a skipped test, or the packages installed

browser_ready() {
    if ! command -v "${CHROMIUM:-chromium}" >/dev/null || ! command -v node >/dev/null; then
        echo "ok 1 - $1 # SKIP chromium and node are not here"
        exit 0
    fi
    if [ -n "${SANITIZER:-}" ]; then
        echo "ok 1 - $1 # SKIP it is no other code under a sanitizer"
        exit 0
    fi
    packages browser . || {
        echo "not ok 1 - npm ci"
        exit 1
    }
    shift
    cp "$@" "$modules/"
}
