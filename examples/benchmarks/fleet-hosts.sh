#!/usr/bin/env bash
# Measures hundreds of hosts over one store: a double of Consul, and then a directory. From the start of the processes, and from
# a rollout, until the store says that all hosts are live; their processor time and their requests; and whether all come to
# what is desired if Consul is killed in the middle. Needs a JDK (17 or newer) and Maven, and 3 GB of memory for 20 processes.
#
#   fleet-hosts.sh [DIRECTORY [PROCESSES [HOSTS]]]      default: TMPDIR 20 15
#   IDLE=20 seconds are measured at rest. STORES="consul file" are the stores.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

if [ -z "${CLASSES:-}" ]; then
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -pl examples/benchmarks -am -DskipTests package >&2
  CLASSES=$here/target/classes:$(cat "$here/target/classpath.txt")
fi
for store in ${STORES:-consul file}; do
  "$java" -cp "$CLASSES" dev.stretcher.benchmarks.fleet.FleetHosts \
    "$store" "${1:-${TMPDIR:-/tmp}}" "${2:-20}" "${3:-15}" "${IDLE:-20}"
done
