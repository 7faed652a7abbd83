#!/usr/bin/env bash
# Measures inner loops in a warm JVM. Arguments are those of JMH, see docs/benchmarks.md.
# Needs a JDK (17 or newer) and Maven.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl examples/benchmarks -am -DskipTests package >&2

exec "$java" \
  -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
  -cp "$here/target/classes:$(cat "$here/target/classpath.txt")" \
  org.openjdk.jmh.Main "$@"
