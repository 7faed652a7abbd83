#!/usr/bin/env bash
# Runs the commands of docs/tutorial/fleet.md: three agents over a store in a directory, as if each was a host, a
# version that reaches all of them, one that fails on the first host, a better one, and the way back.
# Needs a JDK (17 or newer) and, to build Stretcher, Maven. Leaves nothing behind but what the build makes.
#
#   STRETCHER  a launcher to use instead of building one
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")

work=$(mktemp -d)
clean_up() {
  if [ -e "$work/agents" ]; then
    xargs kill <"$work/agents" 2>/dev/null || true
  fi
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

stretcher=${STRETCHER:-}
if [ -z "$stretcher" ]; then
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -DskipTests package
  stretcher=$root/stretcher-cli/target/stretcher/bin/stretcher
fi
PATH=$(dirname "$stretcher"):$PATH

# What a reader types: the blocks marked "sh run".
awk '/^```/ { typed = ($0 == "```sh run"); next } typed' "$root/docs/tutorial/fleet.md" >"$work/typed"

cd "$work"
set -v && . ./typed
