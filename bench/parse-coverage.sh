#!/usr/bin/env bash
# What the parser finds in a kernel tree, against Universal Ctags and against the files themselves.
#
# usage: bench/parse-coverage.sh TREE [DIRECTORY...]
#
#   TREE       a kernel tree, such as an unpacked linux-source-6.12
#   DIRECTORY  what of it; default: fs mm kernel net block security drivers sound crypto lib arch/x86
#
# Prints functions with parse errors; how many of the functions that ctags lists are found, by file
# and name, with the others by class; and for 1,000 random functions whether name, first and last
# line agree with the file. Leaves the lists in $OUT (default: a directory that is removed). Exit
# status 1 if a figure is worse than issue 3 of the project allows: 0.3 % errors, 99.7 % found, all
# positions right. Needs Universal Ctags (Debian: apt-get install universal-ctags).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "${1:?usage: bench/parse-coverage.sh TREE [DIRECTORY...]}" && pwd)
shift
[ $# -gt 0 ] || set -- fs mm kernel net block security drivers sound crypto lib arch/x86
ctags --version 2>/dev/null | grep -q '^Universal Ctags' || {
  echo "needs Universal Ctags as ctags (Debian: apt-get install universal-ctags)" >&2
  exit 2
}
if [ -n "${OUT:-}" ]; then
  mkdir -p "$OUT" && out=$(cd "$OUT" && pwd)
else
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi
export LC_ALL=C.UTF-8
cd "$tree"

# FILE <tab> LINE <tab> END <tab> NAME, of both.
"$here/gfplint" parse --tree "$tree" --functions "$@" 2>"$out/statistics" |
  sed -E 's/^(.*):([0-9]+)-([0-9]+): (.*)$/\1\t\2\t\3\t\4/' >"$out/found"
cat "$out/statistics"
# The same files: without what runs on the build machine or belongs to user-mode Linux.
find "$@" -type f -name '*.[ch]' ! -path 'arch/*/tools/*' ! -path 'arch/x86/um/*' >"$out/files"
ctags --quiet --options=NONE --language-force=C --c-kinds=f --fields=+ne --sort=no -L "$out/files" \
  -x --_xformat=$'%F\t%n\t%{end}\t%N' >"$out/ctags"

awk -F'\t' -v OTHER="$out/other" '
  FILENAME == ARGV[1] { name[$1, $4]; at[$1, $2] = $4; from[$1, ++n[$1]] = $2; to[$1, n[$1]] = $3; next }
  ($1, $4) in seen { next }
  { seen[$1, $4]; total++ }
  ($1, $4) in name { same++; next }
  {
    inside = 0
    for (i = 1; i <= n[$1] && !inside; i++) inside = from[$1, i] < $2 && $2 <= to[$1, i]
    if ($4 ~ /^(COMPAT_)?SYSCALL(32)?_DEFINE[0-9]$|^BPF_CALL_[0-9]$/ && ($1, $2) in at)
      class = "found as the system call or helper that the macro defines"
    else if (($1, $2) in at) class = "found under the name that the macro is given"
    else if (inside) class = "inside a function: a call or a loop"
    else class = "not found"
    classes[class]++
    print class "\t" $4 "\t" $1 ":" $2 > OTHER
  }
  END {
    printf "\nctags lists %d functions by file and name, %d of them (%.2f %%) are found\n", \
      total, same, 100 * same / total
    for (class in classes) printf "  %6d  %s\n", classes[class], class
    exit same / total < 0.997
  }' "$out/found" "$out/ctags" && coverage=0 || coverage=1
echo "  most frequent among them:"
cut -f 1,2 "$out/other" | sort | uniq -c | sort -rn |
  awk -F'\t' 'NR <= 25 { sub(/^ +/, ""); split($1, a, " "); printf "  %6d  %-28s %s\n", a[1], $2, substr($1, length(a[1]) + 2) }'

# The other way round: what ctags does not list at that line under any name.
awk -F'\t' -v MORE="$out/more" '
  FILENAME == ARGV[1] { line[$1, $2]; name[$1, $4]; next }
  !(($1, $2) in line) && !(($1, $4) in name) { more++; print $1 ":" $2 ": " $4 > MORE }
  END { printf "\n%d functions are found that ctags does not list (by line or name)\n", more }
  ' "$out/ctags" "$out/found"

# By the kernel'\''s own style a function ends at the first brace in the first column that no macro has, or on its line.
awk 'BEGIN { srand(6.12) } { print rand() "\t" $0 }' "$out/found" | sort -n |
  awk 'NR <= 1000' | cut -f 2- >"$out/sample"
while IFS=$'\t' read -r file line end name; do
  plain=${name#__do_compat_sys_}
  plain=${plain#__do_sys_}
  sed -n "${line},${end}p" "$file" | awk -v name="$plain" -v lines=$((end - line + 1)) \
    -v place="$file:$line-$end: $name" '
    NR == 1 && !match(" " $0 " ", "[^A-Za-z0-9_]" name "[^A-Za-z0-9_]") { why = "no such name" }
    NR < lines && /^}/ && !macro { why = "ends before" }
    NR == lines && !/}/ { why = "no brace at the end" }
    NR == lines && !/^}/ && lines > 1 && !why { indented = 1 }
    { macro = /\\$/ }
    END { print (why ? why : indented ? "end not in the first column" : "agrees") "\t" place }'
done <"$out/sample" >"$out/positions"
printf '\n%s random functions, position against the file:\n' "$(wc -l <"$out/sample")"
cut -f 1 "$out/positions" | sort | uniq -c
awk '!/^agrees/ && n++ < 20' "$out/positions"

errors=$(awk '/with errors/ { gsub(/[(%)]/, ""); print ($NF + 0 > 0.3) }' "$out/statistics")
wrong=$(grep -c -v '^agrees\|^end not' "$out/positions" || true)
exit $((coverage || ${errors:-1} || wrong > 0))
