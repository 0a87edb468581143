#!/bin/sh
# Renews the list of classes that the distribution's archive holds: those that a run over the demo
# loads. Where the list is behind the code, start-up takes longer, no more.
#
#   dist/src/build/class-list.sh        after mvn -Pdist package
set -eu

checkout=$(cd "$(dirname "$0")/../../.." && pwd)
set -- "$checkout"/dist/target/gfplint-*-linux-x86_64
image=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$checkout/testdata/demo" "$work/demo"
printf '%s\t%s\n' --version '' >"$work/commands"
printf 'check\t-q\t--tree\t%s\t--threads\t1\t--fail-on\tnone\t--format\ttext\t-o\t%s\t--format\tsarif\t-o\t%s\n' \
  "$work/demo" "$work/text" "$work/sarif" >>"$work/commands"
printf 'check\t-q\t--no-cache\t--threads\t1\t--fail-on\tnone\t%s\n' "$work/demo/fs/demofs/dir.c" \
  >>"$work/commands"
GFPLINT_CACHE_DIR=$work/cache "$image/runtime/bin/java" --enable-native-access=ALL-UNNAMED \
  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:off -XX:DumpLoadedClassList="$work/list" \
  -Dgfplint.training="$work/commands" -jar "$image/lib/gfplint.jar" >/dev/null
# What was resolved when differs from run to run, and numbers count what was loaded before.
grep -v '^#\|^@cp' "$work/list" |
  sed '/^@/!s/ .*//' | LC_ALL=C sort -u | gzip -9n >"$checkout/dist/src/build/classes.list.gz"
