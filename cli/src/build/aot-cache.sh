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

# Some files that the facts store knows and one that it does not, alone and with all others; then a commit,
# as the hook sees it. The rules' fixtures are there for what a kernel makes the analysis do.
cp -R "$source/../../../testdata/demo" "$work/demo" && mkdir -p "$work/demo/drivers" "$work/demo/include/linux" &&
  cp -R "$source/../../../testdata/rules" "$work/demo/drivers/rules" || give_up "no demo"
printf '#define ___GFP_%s\n' 'IO 0x40u' 'FS 0x80u' >>"$work/demo/include/linux/gfp_types.h"
{
  printf 'check\t--tree\t%s\t--fail-on\tnone\t%s\n' "$work/demo" "$work/demo/fs/demofs/dir.c"
  printf 'check\t--tree\t%s\t--threads\t2\t--fail-on\tnone\t--format\ttext\t-o\t%s\t--format\tsarif\t-o\t%s\n' \
    "$work/demo" "$work/text" "$work/sarif"
} >"$work/commands"
run() {
  GFPLINT_CACHE_DIR=$work/cache "$java" "$@" -Dgfplint.training="$work/commands" -jar "$jar" \
    >"$work/log" 2>&1 </dev/null
}
run "$@" && [ -s "$work/sarif" ] || give_up "$(head -n 1 "$work/log")"
# A large file with something of everything, read anew, as one that is being edited.
cat "$work"/demo/drivers/rules/*/*.c >>"$work/demo/fs/demofs/dir.c"
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
if (cd "$work/demo" && git init -q . && git add -A && git -c user.name=x -c user.email=x commit -q -m x &&
  echo 'void *demo_more(void) { return kmalloc(8, GFP_NOFS | GFP_KERNEL); }' >>fs/demofs/dir.c &&
  git add -A) >"$work/log" 2>&1; then
  printf 'hook\trun\t--tree\t%s\n' "$work/demo" >>"$work/commands"
fi
run "$@" -XX:AOTCacheOutput="$cache.new" && [ -s "$cache.new" ] && mv -f "$cache.new" "$cache" ||
  give_up "Java did not make it: $(tail -n 1 "$work/log")"
