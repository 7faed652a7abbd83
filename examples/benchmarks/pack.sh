#!/usr/bin/env bash
# Measures "stretcher pack" beside "tar c | gzip", "tar c | pigz" and "tar c | zstd", whole processes, on the application of the benchmarks:
# 8,000 files, 360 MB. Needs a JDK (17 or newer), Maven, GNU tar, gzip, pigz and zstd, and 2 GB of disk.
#
#   pack.sh [DIRECTORY [SCALE]]      default: TMPDIR 1
#   RUNS=5 rounds are measured, after one that is not. STRETCHER is a launcher to use instead of building one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
scale=${2:-1}
runs=${RUNS:-5}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli,examples/benchmarks -am -DskipTests package >&2
stretcher=${STRETCHER:-$root/stretcher-cli/target/stretcher/bin/stretcher}

scratch=$(mktemp -d "$directory/stretcher-pack-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
# The archive of classes is this launcher's alone, and is made before anything is measured.
export STRETCHER_CACHE_DIR=$scratch/cache
"$stretcher" prepare >/dev/null
"$java" -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  dev.stretcher.benchmarks.data.ApplicationTree "$scratch/tree" "$scale"

packed() {
  "$stretcher" pack -o "$scratch/$1" "$scratch/tree" >/dev/null 2>&1
}

piped() {
  tar -C "$scratch/tree" -c . | "${@:2}" >"$scratch/$1"
}

names=('stretcher pack, tar.gz' 'tar c | gzip' 'tar c | pigz' 'stretcher pack, tar.zst' 'tar c | zstd')
files=(ours.tar.gz gzip.tar.gz pigz.tar.gz ours.tar.zst zstd.tar.zst)
commands=('packed ours.tar.gz' 'piped gzip.tar.gz gzip' 'piped pigz.tar.gz pigz' 'packed ours.tar.zst' 'piped zstd.tar.zst zstd -q')

# In turns, so that whatever else the machine does meets all of them.
for round in $(seq 0 "$runs"); do
  for i in "${!commands[@]}"; do
    start=$(date +%s%N)
    ${commands[i]}
    end=$(date +%s%N)
    [ "$round" -eq 0 ] || echo $(((end - start) / 1000000)) >>"$scratch/times.$i"
  done
done

echo "$(find "$scratch/tree" -type f | wc -l) files, $(du -sm "$scratch/tree" | cut -f1) MB, $(nproc) processors, medians of $runs"
echo
echo '| command | seconds | `pack` to it | MB | to `gzip` |'
echo '|---|---|---|---|---|'
gzip=$(stat -c %s "$scratch/gzip.tar.gz")
for i in "${!commands[@]}"; do
  median=$(sort -n "$scratch/times.$i" | sed -n "$(((runs + 1) / 2))p")
  case $i in
    0 | 3) ours=$median ;;
  esac
  size=$(stat -c %s "$scratch/${files[i]}")
  awk -v name="${names[i]}" -v median="$median" -v ours="$ours" -v size="$size" -v gzip="$gzip" \
    'BEGIN { printf "| `%s` | %.2f | %.2f | %.1f | %.3f |\n", name, median / 1000, ours / median, size / 1e6, size / gzip }'
done
