#!/usr/bin/env bash
# Measures a fleet that updates at once: agents, each with a dest and a state directory of its own, from one nginx, all on this
# machine; by the table of contents and by the whole archive. Needs a JDK (17 or newer), Maven, nginx and rsync, and 0.6 GB for
# each agent at scale 1.
#
#   fleet.sh [DIRECTORY [AGENTS [SCALE]]]      default: TMPDIR 20 1
#   RUNS=3 rounds are measured, after one that is not. STRETCHER is a launcher to use instead of building one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
agents=${2:-20}
scale=${3:-1}
runs=${RUNS:-3}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli,examples/benchmarks -am -DskipTests package >&2
stretcher=${STRETCHER:-$root/stretcher-cli/target/stretcher/bin/stretcher}

scratch=$(mktemp -d "$directory/stretcher-fleet-XXXXXX")
server=
clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap clean_up EXIT
www=$scratch/nginx/www
mkdir -p "$www" "$scratch/tmp"
# The archive of classes is made before anything is measured.
export STRETCHER_CACHE_DIR=$scratch/cache TMPDIR=$scratch/tmp
"$stretcher" prepare >/dev/null

"$java" -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  dev.stretcher.benchmarks.data.ApplicationTree "$scratch/v1" "$scale" "$scratch/v2"
"$stretcher" pack --output="$www/v1.tar.gz" "$scratch/v1" >"$scratch/v1.lines" 2>/dev/null
"$stretcher" pack --output="$www/v2.tar.gz" "$scratch/v2" >"$scratch/v2.lines" 2>/dev/null

mkfifo "$scratch/stdin"
"$java" -cp "$root/examples/servers/target/classes" dev.stretcher.testing.NginxMain "$scratch/nginx" \
  <"$scratch/stdin" >"$scratch/port" &
server=$!
# It ends with its STDIN.
exec {stdin}>"$scratch/stdin"
until [ -s "$scratch/port" ]; do
  kill -0 "$server"
  sleep 0.1
done
read -r port <"$scratch/port"
url=http://127.0.0.1:$port

# manifest NAME VERSION AGENT: "plain" is without the table of contents.
manifest() {
  echo "src: $url/$2.tar.gz"
  if [ "$1" = plain ]; then grep checksum: "$scratch/$2.lines"; else cat "$scratch/$2.lines"; fi
  echo "dest: $scratch/dest-$3"
}
for ((i = 1; i <= agents; i++)); do
  manifest toc v1 "$i" >"$www/v1-$i.yml"
  manifest toc v2 "$i" >"$www/toc-$i.yml"
  manifest plain v2 "$i" >"$www/plain-$i.yml"
done

agent() {
  "$stretcher" --state-dir="$scratch/state-$2" deploy "$url/$1-$2.yml" >"$scratch/log-$2" 2>&1 ||
    { cat "$scratch/log-$2" >&2 && return 1; }
}

# All at once; fails if one does.
fleet() {
  local pids=() pid i
  for ((i = 1; i <= agents; i++)); do
    agent "$1" "$i" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid"
  done
}

log=$scratch/nginx/answers.log
worker=$(pgrep -P "$(cat "$scratch/nginx/nginx.pid")" | head -n 1)
ticks=$(getconf CLK_TCK)
cpu_of_nginx() {
  awk -v hz="$ticks" '{ print ($14 + $15) / hz }' "/proc/$worker/stat"
}

# How many threads run or wait for a processor, at most.
watch_load() {
  local now most=0
  trap 'echo "$most" >"$scratch/load"; exit' TERM
  while sleep 0.1; do
    read -r _ _ _ now _ </proc/loadavg
    now=${now%%/*}
    [ "$now" -le "$most" ] || most=$now
  done
}

# turn NAME ROUND: brings all dests to the first version, and measures the update.
turn() {
  local i before
  for ((i = 1; i <= agents; i++)); do
    agent v1 "$i"
  done
  sync
  : >"$log"
  before=$(cpu_of_nginx)
  watch_load &
  local watcher=$!
  TIMEFORMAT='%R %U %S'
  { time fleet "$1"; } 2>"$scratch/time"
  kill "$watcher"
  wait "$watcher" || true
  for ((i = 1; i <= agents; i++)); do
    [ -z "$(rsync -ani --delete "$scratch/v2/" "$scratch/dest-$i/")" ] || { echo "dest-$i is not the new version" >&2 && exit 1; }
  done
  [ "$2" -eq 0 ] ||
    echo "$(cat "$scratch/time") $(awk -v b="$before" -v a="$(cpu_of_nginx)" 'BEGIN { print a - b }') $(cat "$scratch/load") $(awk '{ b += $2 } END { print b / 1e6, NR }' "$log")" >>"$scratch/$1.figures"
}

for ((round = 0; round <= runs; round++)); do
  turn toc "$round"
  turn plain "$round"
done

echo "$agents agents, $(find "$scratch/v2" -type f | wc -l) files, archive of $(($(stat -c %s "$www/v2.tar.gz") / 1000000)) MB, $(nproc) processors, medians of $runs"
echo
echo '| update | all done after | processor time of an agent | of nginx, for all | threads that want a processor, at most | sent by nginx | requests |'
echo '|---|---:|---:|---:|---:|---:|---:|'
# median FILE COLUMN
median() { cut -d' ' -f"$2" "$1" | sort -n | sed -n "$(((runs + 1) / 2))p"; }
for name in toc plain; do
  figures=$scratch/$name.figures
  cpu=$(awk -v n="$agents" '{ print ($2 + $3) / n }' "$figures" | sort -n | sed -n "$(((runs + 1) / 2))p")
  text='by the table of contents'
  [ "$name" = toc ] || text='the whole archive'
  printf '| %s | %.2f s | %.2f s | %.2f s | %d | %.1f MB | %d |\n' "$text" "$(median "$figures" 1)" "$cpu" \
    "$(median "$figures" 4)" "$(median "$figures" 5)" "$(median "$figures" 6)" "$(median "$figures" 7)"
done
