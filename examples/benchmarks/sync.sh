#!/usr/bin/env bash
# Measures a sync strategy beside rsync. Arguments are those of SyncBenchmark, see docs/benchmarks.md.
# Needs a JDK (17 or newer), Maven and rsync, and 3 GB of disk for --scale=1.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl examples/benchmarks -am -DskipTests package >&2

# As the launcher of Stretcher does, whose flags these are too.
export LC_ALL=C.UTF-8
exec "$java" \
  -Dfile.encoding=UTF-8 -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
  -XX:+UseSerialGC -Xmx92m -Xmn16m -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 \
  -XX:Tier4CompileThreshold=100000 -XX:Tier4BackEdgeThreshold=400000 \
  -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  dev.stretcher.benchmarks.sync.SyncBenchmark --repository="$root" "$@"
