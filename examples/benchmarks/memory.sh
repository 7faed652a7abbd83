#!/usr/bin/env bash
# Measures the peak memory of the packaged agent: with an archive of one large file and with those of
# many small ones, each deployed to an empty dest and again; with hostile ones, whose checksum is
# wrong; with the output of a hook; and by a table of contents, from nginx. Takes a directory with
# 13 GB of free space. Needs a JDK (17 or newer), Maven, GNU time, Python and nginx.
#
#   memory.sh [DIRECTORY [PART...]]      default: TMPDIR hook hostile toc many one
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
shift || true
parts=("$@")
[ "${#parts[@]}" -gt 0 ] || parts=(hook hostile toc many one)
work=$(mktemp -d "$directory/stretcher-memory-XXXXXX")
server=
clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli,examples/servers -am -DskipTests package >&2
export STRETCHER_CACHE_DIR=$work/cache TMPDIR=$work
stretcher=$root/stretcher-cli/target/stretcher/bin/stretcher
"$stretcher" prepare >/dev/null

run() {
  /usr/bin/time -f "$1: %M KiB, %e s" -o "$work/time" \
    "$stretcher" --state-dir= "${@:2}" deploy "file://$work/app.yml" >"$work/log" 2>&1
}

hostile() {
  python3 -c "
import tarfile
with tarfile.open('$work/hostile.tar.gz', 'w:gz', format=tarfile.GNU_FORMAT, compresslevel=1) as t:
    for i in range($2):
        e = tarfile.TarInfo($3); e.type = tarfile.$4; t.addfile(e)"
  printf 'src: file://%s\nchecksum: %032d\ndest: %s\n' "$work/hostile.tar.gz" 0 "$work/dest" \
    >"$work/app.yml"
  run "$1" && { echo 'a wrong checksum was accepted' >&2 && exit 1; }
  grep -q 'checksum mismatch' "$work/log" || { tail -n 3 "$work/log" >&2 && exit 1; }
  tail -n 1 "$work/time"
}

hook() {
  tar -C /etc -cf "$work/hook.tar" passwd
  printf 'src: file://%s\nchecksum: %s\ndest: %s\ncommands: {pre: ["%s"], success: [cat >/dev/null]}\n' \
    "$work/hook.tar" "$(sha256sum "$work/hook.tar" | cut -d' ' -f1)" "$work/dest" "$2" \
    >"$work/app.yml"
  run "$1" || { tail -n 3 "$work/log" >&2 && exit 1; }
  cat "$work/time"
  rm -rf "$work/dest" "$work/log"
}

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

# Sets port.
start_nginx() {
  mkfifo "$work/stdin"
  "$java" -cp "$root/examples/servers/target/classes" dev.stretcher.testing.NginxMain "$work/nginx" \
    <"$work/stdin" >"$work/port" &
  server=$!
  # It ends with its STDIN.
  exec {stdin}>"$work/stdin"
  until [ -s "$work/port" ]; do
    kill -0 "$server"
    sleep 0.1
  done
  read -r port <"$work/port"
}

# 1,000 directories with so many files each.
make_files() {
  local each
  mkdir "$work/many"
  for each in $(seq 1000); do
    mkdir "$work/many/$each"
    (cd "$work/many/$each" && seq "$1" | split -l 1 -a 3 -d -)
  done
}

# by_toc NAME: packs, and deploys from nginx.
by_toc() {
  /usr/bin/time -f "$1, pack: %M KiB, %e s" -o "$work/time" \
    "$stretcher" pack --output="$work/nginx/www/many.tar.gz" "$work/many" >"$work/lines" 2>"$work/log" ||
    { tail -n 3 "$work/log" >&2 && exit 1; }
  cat "$work/time"
  { echo "src: http://127.0.0.1:$port/many.tar.gz" && cat "$work/lines" && echo "dest: $work/dest"; } >"$work/app.yml"
  /usr/bin/time -f "$1: %M KiB, %e s" -o "$work/time" \
    "$stretcher" --rsync-verbose= --state-dir="$work/state" deploy "file://$work/app.yml" 2>"$work/log" ||
    { tail -n 3 "$work/log" >&2 && exit 1; }
  cat "$work/time"
  grep -o 'Fetched .*' "$work/log" || true
  /usr/bin/time -f "$1, verify --full: %M KiB, %e s" -o "$work/time" \
    "$stretcher" --state-dir="$work/state" verify --full "$work/dest" 2>"$work/log" ||
    { tail -n 3 "$work/log" >&2 && exit 1; }
  cat "$work/time"
}

part_toc() {
  local each
  start_nginx
  make_files 300
  by_toc '300,000 files by TOC, first'
  for each in "$work"/many/*; do
    echo changed >"$each/x000"
  done
  by_toc '300,000 files by TOC, 1,000 changed'
  find "$work/many" -exec touch -d 2027-01-01 {} +
  by_toc '300,000 files by TOC, every time new'
  rm -rf "$work/dest" "$work/many"
}

part_hook() {
  hook '1 GB of a hook in one line' 'head -c 1000000000 /dev/zero'
  hook '100 MB of a hook in lines' 'yes | head -c 100000000'
}

part_hostile() {
  hostile '300,000 directories' 300000 "'%x/%x/%x' % (i % 16, i // 16 % 64, i // 1024)" DIRTYPE
  hostile '100,000 directories with names of 4 kB' 100000 \
    "'/'.join(['d' * 250] * 15) + '/%06d' % i + 'x' * 200" DIRTYPE
  hostile '900,000 directories of 1,900 names' 1900 "'%x/' % i + 'a/' * 480 + 'f'" REGTYPE
}

part_many() {
  local files
  for files in 300 500; do
    make_files "$files"
    tar -C "$work/many" -czf "$work/many.tar.gz" .
    rm -rf "$work/many"
    measure "${files},000 files" "$work/many.tar.gz"
  done
}

part_one() {
  mkdir "$work/one"
  head -c 4294967296 /dev/urandom >"$work/one/file"
  tar -C "$work/one" -cf "$work/one.tar" .
  rm -rf "$work/one"
  measure 'one file of 4 GiB' "$work/one.tar"
}

for part in "${parts[@]}"; do
  "part_$part"
done
