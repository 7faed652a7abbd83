#!/usr/bin/env bash
# Measures the peak memory of the packaged agent with an archive of one large file and one of many
# small ones, each deployed to an empty dest and again. Takes a directory with 13 GB of free space.
# Needs a JDK (17 or newer), Maven and GNU time.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/stretcher-memory-XXXXXX")
trap 'rm -rf "$work"' EXIT

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli -am -DskipTests package >&2
export STRETCHER_CACHE_DIR=$work/cache TMPDIR=$work
stretcher=$root/stretcher-cli/target/stretcher/bin/stretcher
"$stretcher" prepare >/dev/null

measure() {
  local name=$1 archive=$2
  printf 'src: file://%s\nchecksum: %s\ndest: %s\n' \
    "$archive" "$(sha256sum "$archive" | cut -d' ' -f1)" "$work/dest" >"$work/app.yml"
  for run in first again; do
    /usr/bin/time -f "$name, $run: %M KiB, %e s" -o "$work/time" \
      "$stretcher" --rsync-verbose= deploy "file://$work/app.yml" 2>"$work/log" ||
      { cat "$work/log" >&2 && exit 1; }
    cat "$work/time"
  done
  rm -rf "$work/dest" "$archive"
}

mkdir "$work/many"
for directory in $(seq 1000); do
  mkdir "$work/many/$directory"
  (cd "$work/many/$directory" && seq 300 | split -l 1 -a 3 -d -)
done
tar -C "$work/many" -czf "$work/many.tar.gz" .
rm -rf "$work/many"
measure '300,000 files' "$work/many.tar.gz"

mkdir "$work/one"
head -c 4294967296 /dev/urandom >"$work/one/file"
tar -C "$work/one" -cf "$work/one.tar" .
rm -rf "$work/one"
measure 'one file of 4 GiB' "$work/one.tar"
