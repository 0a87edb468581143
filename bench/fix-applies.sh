#!/usr/bin/env bash
# Whether the patches of gfplint fix apply, and leave files that parse and where nothing of it is
# reported any more.
#
# usage: bench/fix-applies.sh TREE [OPTION|PATH...]
#
#   TREE    a kernel tree, such as an unpacked linux-source-6.12; it is not changed
#   OPTION  of gfplint fix, such as --kernel-version 4.16; --confidence medium is given
#   PATH    what of the tree; default: all of it
#
# Prints how many patches there are, how many of them git apply --check takes, whether all of them
# apply in one go, and how many functions with a parse error the changed files have before and
# after. Then checks a copy of the PATHs, patched and unpatched, and prints what is new by rule, file
# and function. Exit status 1 if a patch does not apply, there are more errors than before, a finding
# with a patch is still reported or another one is new.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "${1:?usage: bench/fix-applies.sh TREE [OPTION|PATH...]}" && pwd)
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gfplint=${GFPLINT:-$here/gfplint}
export GIT_CEILING_DIRECTORIES=/

cd "$tree"
$gfplint fix -q --tree "$tree" --confidence medium --per finding -o "$work/patches" "$@"
$gfplint fix -q --tree "$tree" --confidence medium "$@" >"$work/all"

total=0
good=0
for patch in "$work"/patches/*; do
  total=$((total + 1))
  if git apply --check "$patch"; then
    good=$((good + 1))
  fi
done
echo "patches: $total, applied by git apply --check: $good"

sed -n 's|^+++ b/||p' "$work/all" | sort -u >"$work/files"
for state in before after; do
  mkdir "$work/$state"
  while read -r file; do
    mkdir -p "$work/$state/$(dirname "$file")"
    cp "$file" "$work/$state/$file"
  done <"$work/files"
done
cd "$work/after"
git apply "$work/all"
echo "all in one go: applied to $(wc -l <"$work/files") files"
errors() {
  (cd "$work/$1" && $gfplint parse -q --tree "$work/$1" --errors | wc -l)
}
before=$(errors before)
after=$(errors after)
echo "functions with a parse error: $before before, $after after"

# What is reported, by all that does not move with lines; with PATHs, of a tree of these alone.
paths=()
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --rules | --rule | --kernel-version | --arch | --threads) options+=("$1" "$2") && shift ;;
    -*) options+=("$1") ;;
    *) paths+=("$1") ;;
  esac
  shift
done
mkdir "$work/tree"
cp "$tree/Makefile" "$tree/Kconfig" "$tree/Kbuild" "$work/tree/"
for path in "${paths[@]:-.}"; do
  mkdir -p "$work/tree/$(dirname "$path")"
  cp -r "$tree/$path" "$work/tree/$(dirname "$path")/"
done
findings() {
  $gfplint check -q --tree "$work/tree" --confidence medium --fail-on none "${options[@]}" |
    sed -nE "s/^([^ :]+):[0-9]+:[0-9]+: [a-z]+: (.*)/\1 \2/p" | sed -E 's/ (in|of) line [0-9]+//g' | sort
}
$gfplint fix -q --tree "$work/tree" --confidence medium "${options[@]}" >"$work/all"
findings >"$work/reported"
(cd "$work/tree" && git apply "$work/all")
findings >"$work/reported.after"
fixable=$(grep -c . "$work/reported" || true)
left=$($gfplint fix -q --tree "$work/tree" --confidence medium "${options[@]}" | grep -c '^@@' || true)
new=$(comm -13 "$work/reported" "$work/reported.after" | tee /dev/stderr | wc -l)
echo "findings: $fixable before, $(wc -l <"$work/reported.after") after; $new new, $left still with a patch"
[ "$good" -eq "$total" ] && [ "$after" -le "$before" ] && [ "$new" -eq 0 ] && [ "$left" -eq 0 ]
