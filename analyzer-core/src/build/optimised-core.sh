#!/bin/sh
# Builds the parser's core and C grammar with optimisation and puts them among the resources.
#
# usage: optimised-core.sh DIRECTORY [CACHE]
#
#   DIRECTORY  where the library goes: target/classes/org/gfplint/syntax/native
#   CACHE      what was built before; default: gfplint/native in the user's cache directory
#
# The library that comes from Maven Central is compiled without optimisation and parses about four
# times slower. This one is never required: without npm, cc or a network the build goes on without
# it. Set GFPLINT_OPTIMISED_CORE=no to leave it out. Exit status is always 0.
set -u

# The core whose source npm carries, and the grammar of the same version as in Maven Central. Both
# are checked against their sums: an archive that differs is not compiled.
core=tree-sitter-0.25.1
core_sum=9ab70476462d1dfacad40e9fb373ba171901a344228395d45ea1e1c54390bb46e63e8d34405e17692c7879da5acdd1f0c674828e518a1a022a59d68de1dbd32c
grammar=tree-sitter-c-0.24.1
grammar_sum=96463058ddd245e729bda7aa9852a4b8f351dd96ed9ef1d4fb85c010490976ba7725f4a9da906b8573adbdfb043549dec9eefa83cf3d63475d1760ccd20103a4
flags='-O3 -DNDEBUG -fPIC -fno-semantic-interposition -shared'

target=$1
cache=${2:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/gfplint/native}

skip() {
  [ -z "${1:-}" ] || printf 'optimised parser core: %s; going on without it\n' "$1" >&2
  exit 0
}

[ "${GFPLINT_OPTIMISED_CORE:-yes}" != no ] || skip

case $(uname -m) in
  x86_64 | amd64) arch=x86_64 ;;
  aarch64 | arm64) arch=aarch64 ;;
  *) skip ;;
esac
case $(uname -s) in
  Linux) name=$arch-linux-gnu-tree-sitter.so ;;
  Darwin) name=$arch-macos-tree-sitter.dylib ;;
  *) skip ;;
esac

[ ! -s "$target/$name" ] || exit 0

# By version, so that another one is built anew.
built=$cache/$core+$grammar-O3/$name
if [ ! -s "$built" ]; then
  command -v npm >/dev/null && command -v cc >/dev/null && command -v tar >/dev/null || skip
  work=$(mktemp -d) || skip "no temporary directory"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 0' HUP INT TERM

  sum() {
    if command -v sha512sum >/dev/null; then
      sha512sum "$1"
    else
      shasum -a 512 "$1"
    fi | cut -d ' ' -f 1
  }

  # Leaves the package's files in $work/NAME-VERSION.
  fetch() {
    (cd "$work" &&
      npm pack --silent --fetch-retries=0 --fetch-timeout=20000 "${1%-*}@${1##*-}") \
      >/dev/null 2>&1 </dev/null || skip "npm has no $1"
    [ "$(sum "$work/$1.tgz")" = "$2" ] || skip "$1 from npm is not what it should be"
    mkdir "$work/$1" && tar -xzf "$work/$1.tgz" -C "$work/$1" || skip "cannot unpack $1"
  }

  fetch "$core" "$core_sum"
  fetch "$grammar" "$grammar_sum"
  lib=$work/$core/package/vendor/tree-sitter/lib
  c=$work/$grammar/package/src
  # shellcheck disable=SC2086 # flags are several words
  cc $flags -I "$lib/include" -I "$lib/src" -I "$c" -o "$work/$name" \
    "$lib/src/lib.c" "$c/parser.c" >"$work/log" 2>&1 ||
    skip "cc failed: $(head -n 1 "$work/log")"
  # Another build may do the same: each moves a whole file into place.
  mkdir -p "${built%/*}" 2>/dev/null && cp "$work/$name" "$built.$$" 2>/dev/null &&
    mv -f "$built.$$" "$built" || built=$work/$name
fi

mkdir -p "$target" && cp "$built" "$target/$name.$$" && mv -f "$target/$name.$$" "$target/$name" ||
  skip "cannot write $target/$name"
