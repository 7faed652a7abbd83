#!/usr/bin/env bash
# Measures downloads beside curl and "aws s3 cp", from nginx and S3Proxy on this machine, and over a
# long way (80 ms there and back). Needs a JDK (17 or newer), Maven, nginx, curl, openssl, and awscli
# for its part of the table.
#
#   fetch.sh [DIRECTORY [MEGABYTES... ]]      default: TMPDIR 200 2000
#   RUNS=7 rounds are measured, after one that is not.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${TMPDIR:-/tmp}}
shift || true
sizes=("$@")
[ "${#sizes[@]}" -gt 0 ] || sizes=(200 2000)
runs=${RUNS:-7}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl examples/servers,examples/benchmarks -am -DskipTests package >&2

scratch=$(mktemp -d "$directory/stretcher-fetch-XXXXXX")
pids=()
clean_up() {
  [ "${#pids[@]}" -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT

# The flags of the launcher.
flags=(-XX:+UseSerialGC -Xmx92m -Xmn16m -XX:-UsePerfData
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000
  -XX:Tier4CompileThreshold=100000 -XX:Tier4BackEdgeThreshold=400000)
# Of jars only: a class-data archive has no directories.
class_path=$(echo "$here"/target/stretcher-benchmarks-*.jar):$(cat "$here/target/classpath.txt")
servers=$root/examples/servers/target/classes

# Starts a server that prints its port, and ends with its STDIN; sets port.
start() {
  mkfifo "$scratch/$1.in"
  "${@:2}" <"$scratch/$1.in" >"$scratch/$1.port" 2>"$scratch/$1.log" &
  pids+=($!)
  # Opening waits for the server, and keeps its STDIN open until we end.
  exec {stdin}>"$scratch/$1.in"
  until [ -s "$scratch/$1.port" ]; do
    kill -0 "${pids[-1]}" || { cat "$scratch/$1.log" >&2; exit 1; }
    sleep 0.1
  done
  read -r port <"$scratch/$1.port"
}

mkdir "$scratch/www" "$scratch/s3" "$scratch/out"
start nginx "$java" -cp "$servers" dev.stretcher.testing.NginxMain "$scratch"
nginx=http://127.0.0.1:$port
slow_to=$port
start s3proxy "$java" -Xmx512m -cp "$servers:$(cat "$servers/dev/stretcher/testing/classpath.txt")" \
  dev.stretcher.testing.S3ProxyMain "$scratch/s3" AKIABENCHMARK benchmark
export AWS_ENDPOINT_URL_S3=http://127.0.0.1:$port AWS_REGION=us-east-1
export AWS_ACCESS_KEY_ID=AKIABENCHMARK AWS_SECRET_ACCESS_KEY=benchmark
export AWS_EC2_METADATA_DISABLED=true
start slow "$java" -cp "$class_path" dev.stretcher.benchmarks.fetch.SlowLink "$slow_to" 80 1048576
slow=http://127.0.0.1:$port

aws_s3() {
  aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 "$@" --only-show-errors
}
mkdir "$scratch/s3/benchmark"

# With a class-data archive, as the launcher has one.
ours() {
  "$java" "${flags[@]}" "-XX:SharedArchiveFile=$scratch/${1%%:*}.jsa" -Xlog:disable \
    -cp "$class_path" dev.stretcher.benchmarks.fetch.FetchOnce "$1" "$2" "$scratch/out/fetched"
}
prepare() {
  "$java" "${flags[@]}" "-XX:ArchiveClassesAtExit=$scratch/${1%%:*}.jsa" -Xlog:disable \
    -cp "$class_path" dev.stretcher.benchmarks.fetch.FetchOnce "$1" 4 "$scratch/out/fetched" >/dev/null
}
now() { date +%s%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure NAME COMMAND...: one turn; its milliseconds are added to a file.
turn() {
  local began said
  sync
  began=$(now)
  said=$("${@:2}")
  echo $((($(now) - began) / 1000000)) >>"$scratch/$1.ms"
  [ -z "$said" ] || echo "$said" >>"$scratch/$1-alone.ms"
  echo "$sum  $scratch/out/fetched" | sha256sum -c --quiet -
}
counted() { tail -n +2 "$scratch/$1.ms" | median; }

# row TEXT A B: the figures of A beside those of B.
row() {
  local a b
  a=$(counted "$2") b=$(counted "$3")
  awk -v text="$1" -v a="$a" -v b="$b" -v alone="$([ -f "$scratch/$2-alone.ms" ] && counted "$2-alone")" \
    'BEGIN { printf "| %s | %d ms | %d ms | %d ms | %.2f | %.2f |\n", text, a, alone, b, a / b, alone / b }'
}

echo "| case | ours, whole process | ours, fetch alone | other | ratio, process | ratio, fetch alone |"
echo "|---|---:|---:|---:|---:|---:|"
for size in "${sizes[@]}"; do
  name=object-$size
  openssl enc -aes-128-ctr -pass pass:seed -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c "${size}000000" >"$scratch/www/$name" || true
  sum=$(sha256sum "$scratch/www/$name" | cut -d' ' -f1)
  aws_s3 cp "$scratch/www/$name" "s3://benchmark/$name"
  rm -f "$scratch"/*.ms "$scratch"/*.jsa
  prepare "$nginx/$name"
  prepare "s3://benchmark/$name"
  for ((i = 0; i <= runs; i++)); do
    turn nginx ours "$nginx/$name" 4
    turn nginx-curl curl -sSfo "$scratch/out/fetched" "$nginx/$name"
    turn s3 ours "s3://benchmark/$name" 4
    turn s3-aws aws_s3 cp "s3://benchmark/$name" "$scratch/out/fetched"
  done
  row "$size MB from nginx, beside curl" nginx nginx-curl
  row "$size MB from S3Proxy, beside aws s3 cp" s3 s3-aws
done

name=object-${sizes[0]}
sum=$(sha256sum "$scratch/www/$name" | cut -d' ' -f1)
rm -f "$scratch"/*.ms
for ((i = 0; i <= (runs < 3 ? runs : 3); i++)); do
  turn four ours "$slow/$name" 4
  turn one ours "$slow/$name" 1
done
row "${sizes[0]} MB over 80 ms, 4 connections beside 1" four one
