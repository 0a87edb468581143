#!/usr/bin/env bash
# What gfplint scopes finds in a kernel tree, against grep.
#
# usage: bench/scope-pairs.sh TREE [PATH...]
#
#   TREE  a kernel tree, such as an unpacked linux-source-6.12
#   PATH  what of it; default: fs
#
# Prints how many calls of memalloc_*_save() grep finds and how many the map lists, how many of
# those have their restore, the pairs across functions, and the calls without a restore with the
# reason. Exit status 1 if a call is missing or less than 97 % are paired. Needs jq.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "${1:?usage: bench/scope-pairs.sh TREE [PATH...]}" && pwd)
shift
[ $# -gt 0 ] || set -- fs
command -v jq >/dev/null || {
  echo "needs jq" >&2
  exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$tree"

"$here/gfplint" scopes -q --tree "$tree" --format json -o "$work/map" "$@"

# FILE:LINE of each call; of one in a macro, where the macro begins. Comments do not count.
find "$@" -type f -name '*.[ch]' -print0 | sort -z | xargs -0 awk '
  FNR == 1 { macro = 0 }
  /^[ \t]*#[ \t]*define/ { macro = FNR }
  /memalloc_[a-z]+_save[ \t]*\(/ && !/^[ \t]*(\/\*|\*|\/\/)/ { print FILENAME ":" (macro ? macro : FNR) }
  !/\\$/ { macro = 0 }' | sort >"$work/grep"
jq -r '.scopes[] | select(.listed and (.byHand | not)) | "\(.place.path):\(.place.line)"' \
  "$work/map" | sort >"$work/ours"

missing=$(comm -23 "$work/grep" "$work/ours")
jq -r --arg grep "$(wc -l <"$work/grep")" '
  def at: "\(.path):\(.line) \(.function)()";
  "calls: \($grep) by grep, \(.totals.here) listed, \(.totals.paired) paired "
    + "(\(1000 * .totals.paired / ([.totals.here, 1] | max) | round / 10) %)",
  (.scopes[] | select(.unpaired == "" and .place.function != .restores[0].function)
    | "across functions: \(.place | at) -> \(.restores | map(at) | join(", "))"),
  (.scopes[] | select(.unpaired != "") | "no restore: \(.place | at): \(.unpaired)"),
  "masks: \(.totals.masks), \(.totals.removable) removable"' "$work/map"
if [ -n "$missing" ]; then
  printf 'not listed: %s\n' "$missing"
  exit 1
fi
jq -e '.totals.paired >= 0.97 * .totals.here' "$work/map" >/dev/null
