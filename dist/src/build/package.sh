#!/bin/sh
# Puts together what is unpacked and run where there is no Java, and packs it; the same commit gives
# the same bytes.
#
#   package.sh TARGET NAME TIMESTAMP CHECKOUT
#
# TARGET/runtime is the Java runtime that jlink made, TARGET/licenses the licences of what is
# bundled, TARGET/bom.json the bill of materials; the result is TARGET/NAME.tar.gz.
set -eu

target=$1 name=$2 timestamp=$3 checkout=$4
source=$(cd "$(dirname "$0")/.." && pwd)
image=$target/$name
export LC_ALL=C TZ=UTC
umask 022

rm -rf "$image"
mkdir -p "$image/bin" "$image/lib/native" "$image/share"
cp "$source/main/gfplint" "$image/bin/"
cp "$checkout/cli/target/gfplint.jar" "$image/lib/"
# As the jar has them, so that no run need unpack them.
(cd "$checkout/cli/target/libraries" &&
  find . -type f \( -path '*/x86_64-linux-*' -o -path '*/Linux/x86_64/*' \) -exec cp --parents {} "$image/lib/native" \;)
mv "$target/runtime" "$image/runtime"
cp -R "$target/licenses" "$image/licenses"
cp "$target/bom.json" "$image/"
cp "$checkout/README.md" "$image/"
cp -R "$checkout/docs" "$image/share/doc"

# Java compares the times of its modules and of the jar with those in the archive of classes.
settle() {
  find "$image" -exec touch -h -d "$timestamp" {} +
}
settle

# Not an AOT cache: that one remembers when classes were loaded and how often they ran, and no two
# are the same. The archive has its classes, loaded and verified, from a list that is kept.
gzip -dc "$source/build/classes.list.gz" >"$target/classes.list"
# The archive keeps the name of the jar; it fits the jar wherever that is unpacked.
place=/tmp/gfplint-image
ln -s "$image" "$place" || {
  echo "another build is under way; if not, remove $place" >&2
  exit 1
}
trap 'rm -f "$place"' EXIT
trap 'exit 1' HUP INT TERM
"$place/runtime/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xshare:dump \
  -XX:SharedClassListFile="$target/classes.list" -XX:SharedArchiveFile="$image/lib/gfplint.jsa" \
  -jar "$place/lib/gfplint.jar" >"$target/archive.log" 2>&1 || {
  tail -n 3 "$target/archive.log" >&2
  exit 1
}

gfplint() {
  "$image/bin/gfplint" "$@"
}
mkdir -p "$image/share/man/man1" "$image/share/bash-completion/completions" \
  "$image/share/zsh/site-functions" "$image/share/fish/vendor_completions.d"
gfplint man >"$image/share/man/man1/gfplint.1"
gfplint completion bash >"$image/share/bash-completion/completions/gfplint"
gfplint completion zsh >"$image/share/zsh/site-functions/_gfplint"
gfplint completion fish >"$image/share/fish/vendor_completions.d/gfplint.fish"
chmod -R u+w,go-w,a+rX "$image"
settle

tar -C "$target" --sort=name --mtime="$timestamp" --owner=0 --group=0 --numeric-owner \
  --format=ustar -cf - "$name" | gzip -9n >"$target/$name.tar.gz.new"
mv "$target/$name.tar.gz.new" "$target/$name.tar.gz"
(cd "$target" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
