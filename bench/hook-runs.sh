#!/usr/bin/env bash
# CPU time of the hook in a kernel tree under git that was indexed (gfplint index).
#
# usage: bench/hook-runs.sh TREE [RUNS]
#
# Prints user and system time of 'gfplint hook run', launcher and git included, mean of RUNS (default
# 3), for a commit that
#   nothing  changes no code
#   one      adds a comment to one function of fs/ext4/xattr.c
#   finding  adds a finding there, so that the tree before is judged, too
#   twenty   adds a comment to one function in each of 20 files of fs/ext4
#   findings adds a finding to each of them
# Stages into an index of its own: files, index and HEAD of TREE stay as they are.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "${1:?usage: bench/hook-runs.sh TREE [RUNS]}" && pwd)
runs=${2:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$tree"
real=$(git rev-parse --path-format=absolute --git-path index)
export GIT_INDEX_FILE=$work/index

# Adds a line to the function in the middle of each file.
stage() {
  local line=$1 file functions
  shift
  cp "$real" "$GIT_INDEX_FILE"
  for file in "$@"; do
    git show "HEAD:$file" >"$work/old.c"
    functions=$(grep -c '^{' "$work/old.c")
    awk -v line="$line" -v at=$((functions / 2 + 1)) \
      '{ print } /^\{/ && ++n == at { print line }' "$work/old.c" >"$work/new.c"
    git update-index --cacheinfo "100644,$(git hash-object -w "$work/new.c"),$file"
  done
}

TIMEFORMAT='%U %S'
measure() {
  local name=$1 i
  "$here/gfplint" hook run >"$work/out" 2>&1 || true
  for ((i = 0; i < runs; i++)); do
    { time "$here/gfplint" hook run >"$work/out" 2>&1 || true; } 2>>"$work/$name"
  done
  awk -v n="$name" -v f="$(grep -c '^[^ g].*\[GFP' "$work/out" || true)" \
    '{ s += $1 + $2 } END { printf "%-9s %6.2f CPU s, %d findings\n", n, s / NR, f }' "$work/$name"
}

cp "$real" "$GIT_INDEX_FILE"
measure nothing
mapfile -t twenty < <(git ls-files 'fs/ext4/*.c' | head -n 20)
finding='	void *bench = kmalloc(64, GFP_NOFS | GFP_KERNEL);'
stage '	/* bench */' fs/ext4/xattr.c
measure one
stage "$finding" fs/ext4/xattr.c
measure finding
stage '	/* bench */' "${twenty[@]}"
measure twenty
stage "$finding" "${twenty[@]}"
measure findings
