# Rows of the bench's table; source it. run prints the table at the end.
#
#   row WORK AGAINST OURS THEIRS RATIO GOAL      a measured row: met when RATIO >= GOAL
#   limit WORK MEASURED LIMIT UNIT               met when MEASURED < LIMIT
#   also WORK AGAINST OURS THEIRS RATIO          a line without a goal
#   missing_row WORK AGAINST THEIRS GOAL         sigg does not do it: not met
# Each is printed at once, and kept in $BENCH_ROWS as Markdown.

rows_put() { printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$@" >>"${BENCH_ROWS:-/dev/null}"; }
rows_ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
rows_met() { awk -v a="$1" -v b="$2" 'BEGIN { print (a >= b) ? "yes" : "**no**" }'; }

row() {
    local met
    met=$(rows_met "$5" "$6")
    rows_put "$1" "$2" "$3" "$4" "$5 ×" "≥ $6 ×" "$met"
    echo "$1: sigg $3, $2 $4: $5 times (goal $6, met: $met)"
}

limit() {
    local met
    met=$(awk -v a="$2" -v b="$3" 'BEGIN { print (a < b) ? "yes" : "**no**" }')
    rows_put "$1" "" "$2 $4" "" "" "< $3 $4" "$met"
    echo "$1: $2 $4 (goal < $3 $4, met: $met)"
}

also() {
    rows_put "$1" "$2" "$3" "$4" "$5 ×" "" ""
    echo "   $1: sigg $3, $2 $4: $5 times"
}

missing_row() {
    rows_put "$1" "$2" "–" "$3" "" "≥ $4 ×" "**no**"
    echo "$1: sigg does not serve it; $2 $3 (goal $4, met: **no**)"
}
