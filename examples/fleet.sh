#!/usr/bin/env bash
# Starts three agents over a store in a directory, as if each was a host, publishes two versions of a small
# application, waits until all have them, goes back, and ends the agents.
# Needs a JDK (17 or newer) and, to build Stretcher, Maven. Leaves nothing behind but what the build makes.
#
#   STRETCHER  a launcher to use instead of building one
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")

work=$(mktemp -d)
agents=()
clean_up() {
  for agent in "${agents[@]}"; do
    kill "$agent" 2>/dev/null || true
  done
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

heading() {
  printf '\n== %s\n' "$*"
}

# run ARGUMENT...: runs stretcher, and shows that.
run() {
  echo "\$ stretcher $*" | sed "s|$work|WORK|g; s|#sha256=[0-9a-f]*|#sha256=...|"
  "$stretcher" "$@" 2>&1 | sed "s|$work|WORK|g"
}

stretcher=${STRETCHER:-}
if [ -z "$stretcher" ]; then
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -DskipTests package
  stretcher=$root/stretcher-cli/target/stretcher/bin/stretcher
fi
export STRETCHER_STORE=file:$work/fleet
export TMPDIR=$work/tmp
mkdir "$work/tmp" "$work/artifacts" "$work/srv"

# publish VERSION: what a build server does. Each host gets a dest of its own, since all are on this machine.
publish() {
  mkdir -p "$work/build"
  echo "Hello from version $1" >"$work/build/hello"
  tar -C "$work/build" -czf "$work/artifacts/shop-$1.tar.gz" .
  cat >"$work/artifacts/shop-$1.yml" <<MANIFEST
src: file://$work/artifacts/shop-$1.tar.gz
checksum: sha256:$(sha256sum "$work/artifacts/shop-$1.tar.gz" | cut -d ' ' -f 1)
dest: '{{ must_env "DEST" }}'
MANIFEST
  local digest
  digest=$(sha256sum "$work/artifacts/shop-$1.yml" | cut -d ' ' -f 1)
  run rollout shop --to "file://$work/artifacts/shop-$1.yml#sha256=$digest" --id "$1"
}

heading "Three agents, each with its own name, state and dest"
for node in web-1 web-2 web-3; do
  DEST=$work/srv/$node "$stretcher" agent --app shop --node "$node" --state-dir "$work/state/$node" \
    >"$work/$node.log" 2>&1 &
  agents+=($!)
done

heading "Version 1"
publish 1.0
run wait shop --nodes web-1,web-2,web-3 --timeout 1m
cat "$work"/srv/*/hello

heading "Version 2"
publish 2.0
run wait shop --nodes web-1,web-2,web-3 --timeout 1m
run status
cat "$work"/srv/*/hello

heading "Back to version 1"
run rollout shop --back
run wait shop --nodes web-1,web-2,web-3 --timeout 1m
cat "$work"/srv/*/hello

heading "The agents end"
kill "${agents[@]}"
for agent in "${agents[@]}"; do
  wait "$agent" || echo "an agent ended with status $?"
done
agents=()
[ -z "$(ls -A "$work/tmp")" ]
