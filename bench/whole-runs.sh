#!/usr/bin/env bash
# Whole runs over a kernel tree, as ratios against the floor, which is parsing the same files.
#
# usage: bench/whole-runs.sh TREE [RUNS]
#
# Prints, for each of
#   parse    gfplint parse: what no analysis can do without
#   check    gfplint check --no-cache, all rules
#   cold     gfplint check with an empty cache, which it fills
#   warm     the same again, nothing changed
#   one      gfplint check of fs/ext4/xattr.c in the tree that was indexed, the file touched
# the CPU time (user and system, mean of RUNS, default 1) and its ratio to parse. Needs hyperfine and
# jq (Debian: apt-get install hyperfine jq), 4 GiB of heap and a quiet machine. Touches one file's
# time in TREE.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "${1:?usage: bench/whole-runs.sh TREE [RUNS]}" && pwd)
runs=${2:-1}
for tool in hyperfine jq; do
  command -v "$tool" >/dev/null || {
    echo "needs $tool (Debian: apt-get install $tool)" >&2
    exit 2
  }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache GFPLINT_JAVA_OPTS=${GFPLINT_JAVA_OPTS:--Xmx4g}
export TREE=$tree GFPLINT=$here/gfplint
cd "$tree"
"$GFPLINT" --version >/dev/null

# Exit status 1 says that there are findings.
measure() {
  local name=$1
  shift
  hyperfine --ignore-failure --style none --runs "$runs" --export-json "$work/$name.json" "$@" \
    >/dev/null
}
measure parse '"$GFPLINT" parse -q --tree "$TREE"'
measure check '"$GFPLINT" check -q --no-cache --tree "$TREE"'
measure cold --prepare 'rm -rf "$XDG_CACHE_HOME"' '"$GFPLINT" check -q --tree "$TREE"'
# Once more: a file that was touched just before the first run is not yet taken as unchanged.
"$GFPLINT" check -q --tree "$TREE" >/dev/null || true
measure warm '"$GFPLINT" check -q --tree "$TREE"'
measure one --prepare 'touch "$TREE/fs/ext4/xattr.c"' \
  '"$GFPLINT" check -q --tree "$TREE" fs/ext4/xattr.c'

cpu() {
  jq '.results[0] | .user + .system' "$work/$1.json"
}
floor=$(cpu parse)
cold=$(cpu cold)
printf '%-6s %10s %10s %10s\n' run 'CPU s' '/ parse' '/ cold'
for name in parse check cold warm one; do
  awk -v n="$name" -v c="$(cpu "$name")" -v f="$floor" -v k="$cold" \
    'BEGIN { printf "%-6s %10.2f %10.3f %10.3f\n", n, c, c / f, c / k }'
done
