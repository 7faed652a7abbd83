#!/usr/bin/env bash
# Measures "stretcher publish" of the application of the benchmarks (8,000 files, 360 MB), whole processes: to a directory beside
# "stretcher pack", to S3Proxy beside "tar c | gzip" and "aws s3 cp"; and, with a tiny archive, from its start until the
# version is live on all of several warm agents. Needs a JDK (17 or newer), Maven, GNU tar, gzip, awscli or a curl that knows
# --aws-sigv4, and 3 GB of disk.
#
#   publish.sh [DIRECTORY [SCALE [AGENTS]]]      default: TMPDIR 1 20
#   RUNS=3 rounds are measured, after one that is not. STRETCHER is a launcher to use instead of building one, CLASSES the
#   class path of the benchmarks. ONLY=archive or ONLY=fleet measures a part. With 0 for AGENTS there is no fleet.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
scale=${2:-1}
agents=${3:-20}
runs=${RUNS:-3}
only=${ONLY:-all}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

if [ -z "${CLASSES:-}" ]; then
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl stretcher-cli,examples/servers,examples/benchmarks -am -DskipTests package >&2
  CLASSES=$here/target/classes:$(cat "$here/target/classpath.txt")
fi
stretcher=${STRETCHER:-$root/stretcher-cli/target/stretcher/bin/stretcher}
servers=$root/examples/servers/target/classes

scratch=$(mktemp -d "$directory/stretcher-publish-XXXXXX")
pids=()
clean_up() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  wait
  rm -rf "$scratch"
}
trap clean_up EXIT
mkdir "$scratch/tmp"
# The archive of classes is this launcher's alone, and is made before anything is measured.
export STRETCHER_CACHE_DIR=$scratch/cache TMPDIR=$scratch/tmp
unset STRETCHER_STORE STRETCHER_CONFIG
"$stretcher" prepare >/dev/null

# publish TREE TO STORE [FLAG...]
publish() {
  "$stretcher" publish "$1" --app=shop --to="$2" --store="file:$3" --manifest="$scratch/deploy.yml" "${@:4}"
}

# Each is timed in turns, so that whatever else the machine does meets all of them; what was made is removed after that.
timed() {
  local start
  sync
  start=$(date +%s%N)
  "${@:3}"
  [ "$2" -eq 0 ] || echo $((($(date +%s%N) - start) / 1000000)) >>"$scratch/times.$1"
}

median() {
  sort -n "$scratch/times.$1" | sed -n "$(((runs + 1) / 2))p"
}

packed() {
  "$stretcher" pack -o "$scratch/packed.tar.gz" "$scratch/tree" >/dev/null 2>&1
}

to_directory() {
  publish "$scratch/tree" "file:$scratch/objects" "$scratch/fleet" --id="round-$1" >/dev/null 2>&1
}

to_s3() {
  publish "$scratch/tree" "s3://benchmark/round-$1" "$scratch/fleet" --id="round-$1" >/dev/null 2>&1
}

if aws --version >/dev/null 2>&1; then
  client='aws s3 cp'
  copied() { aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 cp --only-show-errors "$1" "s3://benchmark/$2"; }
else
  client='curl --upload-file'
  copied() {
    curl -sSf --aws-sigv4 aws:amz:us-east-1:s3 --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
      -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --upload-file "$1" "$AWS_ENDPOINT_URL_S3/benchmark/$2"
  }
fi

by_shell() {
  tar -C "$scratch/tree" -c . | gzip >"$scratch/gzip.tar.gz"
  copied "$scratch/gzip.tar.gz" "theirs-$1.tar.gz"
}

row() {
  awk -v name="$1" -v ours="$2" -v theirs="$3" 'BEGIN { printf "| %s | %.2f s | %.2f s | %.2f |\n", name, ours / 1000, theirs / 1000, ours / theirs }'
}

archive() {
  local round
  echo 'dest: /srv/shop' >"$scratch/deploy.yml"
  "$java" -cp "$CLASSES" dev.stretcher.benchmarks.data.ApplicationTree "$scratch/tree" "$scale"
  mkdir -p "$scratch/s3/benchmark"
  mkfifo "$scratch/s3.in"
  "$java" -Xmx512m -cp "$servers:$(cat "$servers/dev/stretcher/testing/classpath.txt")" \
    dev.stretcher.testing.S3ProxyMain "$scratch/s3" AKIABENCHMARK benchmark <"$scratch/s3.in" >"$scratch/s3.port" 2>"$scratch/s3.log" &
  pids+=($!)
  # Opening waits for the server, and keeps its STDIN open until we end.
  exec {stdin}>"$scratch/s3.in"
  until [ -s "$scratch/s3.port" ]; do
    kill -0 "${pids[-1]}" || { cat "$scratch/s3.log" >&2; exit 1; }
    sleep 0.1
  done
  AWS_ENDPOINT_URL_S3=http://127.0.0.1:$(cat "$scratch/s3.port")
  export AWS_ENDPOINT_URL_S3 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKIABENCHMARK AWS_SECRET_ACCESS_KEY=benchmark AWS_EC2_METADATA_DISABLED=true

  for round in $(seq 0 "$runs"); do
    timed pack "$round" packed
    rm "$scratch/packed.tar.gz"
    timed directory "$round" to_directory "$round"
    rm -rf "$scratch/objects" "$scratch/fleet"
    timed s3 "$round" to_s3 "$round"
    rm -rf "$scratch/fleet" "$scratch/s3/benchmark/round-$round"
    timed shell "$round" by_shell "$round"
    rm -rf "$scratch/gzip.tar.gz" "$scratch/s3/benchmark/theirs-$round.tar.gz"
  done
  echo "$(find "$scratch/tree" -type f | wc -l) files, $(du -sm "$scratch/tree" | cut -f1) MB, $(nproc) processors, medians of $runs"
  echo
  echo '| case | `publish` | other | ratio |'
  echo '|---|---:|---:|---:|'
  row 'to a directory, beside `stretcher pack`' "$(median directory)" "$(median pack)"
  row "to S3Proxy, beside \`tar c\`, \`gzip\` and \`$client\`" "$(median s3)" "$(median shell)"
}

# In four JVMs: on one machine, twenty would only compete for its processors.
fleet() {
  local jvms=4 each i
  each=$(((agents + jvms - 1) / jvms))
  # shellcheck disable=SC2016
  echo 'dest: {{ must_env "DEST" }}' >"$scratch/deploy.yml"
  mkdir "$scratch/tiny" "$scratch/hosts"
  mkfifo "$scratch/agents.in"
  for ((i = 0; i < agents; i += each)); do
    "$java" -XX:+UseSerialGC -Xmx128m -XX:TieredStopAtLevel=1 -cp "$CLASSES" dev.stretcher.benchmarks.fleet.SeveralAgents \
      "file:$scratch/live" "$scratch/hosts" "$i" "$((i + each < agents ? i + each : agents))" <"$scratch/agents.in" >"$scratch/agents-$i.log" 2>&1 &
    pids+=($!)
  done
  exec {agents_in}>"$scratch/agents.in"
  "$java" -Djava.io.tmpdir="$TMPDIR" -cp "$CLASSES" dev.stretcher.benchmarks.fleet.PublishToLive \
    "file:$scratch/live" "$agents" "${ROUNDS:-15}" "$scratch/tiny/version" \
    "$stretcher" publish "$scratch/tiny" --app=shop "--to=file:$scratch/tiny-objects" "--store=file:$scratch/live" "--manifest=$scratch/deploy.yml"
}

[ "$only" = fleet ] || archive
[ "$only" = archive ] || [ "$agents" -eq 0 ] || fleet
