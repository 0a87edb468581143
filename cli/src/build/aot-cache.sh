#!/bin/sh
# Makes the AOT cache that spares the launcher's Java a third of the CPU time of a short run: classes loaded
# and linked, as a run over the demo needs them.
#
# usage: GFPLINT_BUILD_STEP=aot-cache gfplint
#
# which calls this with the Java that it would run and the options that it would give it:
#
#   aot-cache.sh JAVA JAR CACHE OPTION...
#
# The cache is never required: where it cannot be made, the build goes on without, and where it does
# not fit, Java starts as if there were none. GFPLINT_AOT=no leaves it out. Exit status is always 0.
set -u

java=$1 jar=$2 cache=$3
shift 3
source=$(cd "$(dirname "$0")" && pwd)

rm -f "$cache"
[ "${GFPLINT_AOT:-yes}" != no ] || exit 0
work=$(mktemp -d) || exit 0
trap 'rm -rf "$work" "$jar.new" "$cache.new" "$cache.new.config"' EXIT
trap 'exit 0' HUP INT TERM

give_up() {
  printf 'AOT cache: %s; going on without it\n' "$1" >&2
  exit 0
}

"$java" "$source/ModernClassFiles.java" "$jar" "$jar.new" 2>"$work/log" && mv -f "$jar.new" "$jar" ||
  give_up "$(head -n 1 "$work/log")"

# Some files that the facts store knows and one that it does not.
cp -R "$source/../../../testdata/demo" "$work/demo" || give_up "no demo"
run() {
  GFPLINT_CACHE_DIR=$work/cache "$java" "$@" -jar "$jar" check --tree "$work/demo" --threads 2 \
    --fail-on none --format text -o "$work/text" --format sarif -o "$work/sarif" \
    >"$work/log" 2>&1 </dev/null
}
run "$@" || give_up "$(head -n 1 "$work/log")"
find "$work/demo/fs" -name '*.c' | head -n 1 | while read -r file; do echo >>"$file"; done
run "$@" -XX:AOTCacheOutput="$cache.new" && [ -s "$cache.new" ] && mv -f "$cache.new" "$cache" ||
  give_up "Java did not make it: $(tail -n 1 "$work/log")"
