#!/usr/bin/env bash
# Measures a warm agent over a store in a directory: from writing what is desired to the new dest, with a tiny archive
# over HTTP; its memory and its processor time when there is nothing to do; and status of 300 hosts with its JVM.
# Needs a JDK (17 or newer) and Maven.
#
#   fleet-agent.sh [DIRECTORY]      default: TMPDIR
#   ROUNDS=20 deploys are measured. STRETCHER is a launcher to use instead of building one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

if [ -z "${CLASSES:-}" ]; then
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli,examples/benchmarks -am -DskipTests package >&2
  CLASSES=$here/target/classes:$(cat "$here/target/classpath.txt")
fi
stretcher=${STRETCHER:-$root/stretcher-cli/target/stretcher/bin/stretcher}

work=$(mktemp -d "$directory/stretcher-agent-XXXXXX")
processes=()
clean_up() {
  for process in "${processes[@]}"; do
    kill "$process" 2>/dev/null || true
  done
  wait
  rm -rf "$work"
}
trap clean_up EXIT
mkdir "$work/www" "$work/tmp" "$work/srv"
# The archive of classes is made before anything is measured.
export STRETCHER_CACHE_DIR=$work/cache TMPDIR=$work/tmp
"$stretcher" prepare >/dev/null

# This server writes headers and body apart: without nodelay, each answer waits 40 ms for an acknowledgement.
"$java" -Dsun.net.httpserver.nodelay=true "$root/examples/quickstart/ServeFiles.java" "$work/www" "$work/url" &
processes+=($!)
until [ -s "$work/url" ]; do
  sleep 0.1
done
url=$(cat "$work/url")
urls=()
for version in v1 v2; do
  mkdir "$work/$version"
  echo "$version" >"$work/$version/version"
  # Files of one size and time count as the same.
  touch -d "2026-01-0${version#v}" "$work/$version/version"
  tar -C "$work/$version" -czf "$work/www/$version.tar.gz" .
  {
    echo "src: $url/$version.tar.gz"
    echo "checksum: sha256:$(sha256sum "$work/www/$version.tar.gz" | cut -d ' ' -f 1)"
    echo "dest: $work/srv/shop"
  } >"$work/www/$version.yml"
  urls+=("$url/$version.yml#sha256=$(sha256sum "$work/www/$version.yml" | cut -d ' ' -f 1)")
done

store=file:$work/fleet
"$stretcher" agent --store "$store" --app shop --node here --state-dir "$work/state" >"$work/log" 2>&1 &
agent=$!
processes+=("$agent")
"$java" -cp "$CLASSES" dev.stretcher.benchmarks.fleet.DesiredToDest measure "$store" "$work/srv/shop/version" \
  "${ROUNDS:-20}" "${urls[@]}" | sed 's/^/desired to dest: /'

sleep 5
ticks() {
  cut -d ' ' -f 14,15 "/proc/$agent/stat" | tr ' ' '+'
}
before=$(ticks)
sleep 30
echo "idle: $((($(ticks)) - ($before))) ticks of $(getconf CLK_TCK) a second in 30 s, $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$agent/status") MiB"

"$java" -cp "$CLASSES" dev.stretcher.benchmarks.fleet.DesiredToDest fill "$store" 300
for _ in 1 2 3 4 5; do
  start=$(date +%s%N)
  "$stretcher" status shop --store "$store" >"$work/status"
  echo "status of $(($(wc -l <"$work/status") - 2)) hosts: $((($(date +%s%N) - start) / 1000000)) ms"
done
