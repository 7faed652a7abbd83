#!/usr/bin/env bash
# Builds modules and runs a benchmark of these, in a JVM with the flags of the launcher of Stretcher. Needs a JDK (17 or newer) and Maven.
#
#   run.sh MODULES CLASS [ARGUMENT...]         CLASS is below dev.stretcher.benchmarks
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
modules=$1
class=$2
shift 2
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl "$modules" -am -DskipTests package >&2

export LC_ALL=C.UTF-8
exec "$java" \
  -Dfile.encoding=UTF-8 -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
  -XX:+UseSerialGC -Xmx92m -Xmn16m -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 \
  -XX:Tier4CompileThreshold=100000 -XX:Tier4BackEdgeThreshold=400000 \
  -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  "dev.stretcher.benchmarks.$class" --repository="$root" "$@"
