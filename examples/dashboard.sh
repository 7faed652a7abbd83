#!/usr/bin/env bash
# Starts three agents over a store in a directory, as if each was a host, and publishes two versions of a small
# application, of which the second one fails on one host. Shows them on the dashboard, at http://127.0.0.1:8790/
# unless LISTEN says otherwise, until Ctrl-C. With a directory as argument, it draws the page there instead, as
# its tests see it: wide and narrow, light and dark; dashboard.svg among these is docs/images/dashboard.svg.
# Needs a JDK (17 or newer) and, to build Stretcher and to draw, Maven; to draw, Chromium. Leaves nothing behind
# but pictures and what the build makes.
#
#   STRETCHER  a launcher to use instead of building one
#   LISTEN     where the page is shown, as --listen
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
if [ -n "${1:-}" ]; then
  mkdir -p "$1"
  mvn -q -B -ntp -f "$root/pom.xml" test -pl stretcher-cli -am -Dtest=PageTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Dstretcher.it.required=true \
    -Dstretcher.screenshots="$(cd "$1" && pwd)"
  ls "$1"
  exit
fi

work=$(mktemp -d)
processes=()
clean_up() {
  for process in "${processes[@]}"; do
    kill "$process" 2>/dev/null || true
  done
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
export STRETCHER_STORE=file:$work/fleet
export TMPDIR=$work/tmp
mkdir "$work/tmp" "$work/srv" "$work/build"

# publish VERSION COMMAND: what a build server does.
publish() {
  echo "Hello from version $1" >"$work/build/hello"
  cat >"$work/deploy.yml" <<MANIFEST
dest: '{{ must_env "DEST" }}'
commands:
  post: ['$2']
MANIFEST
  "$stretcher" publish "$work/build" --app shop --id "$1" --to "file:$work/artifacts" --manifest "$work/deploy.yml"
}

for node in web-1 web-2 web-3; do
  NODE=$node DEST=$work/srv/$node "$stretcher" agent --app shop --node "$node" --state-dir "$work/state/$node" \
    >"$work/$node.log" 2>&1 &
  processes+=($!)
done
publish 1.0 'echo started'
"$stretcher" wait shop --nodes web-1,web-2,web-3 --timeout 1m
publish 2.0 'echo "listening on port 8080: address already in use"; test "$NODE" != web-2'
"$stretcher" wait shop --nodes web-1,web-2,web-3 --max-failures 1 --timeout 1m || true

"$stretcher" dashboard --listen "${LISTEN:-127.0.0.1:8790}" &
processes+=($!)
echo 'Ctrl-C ends it.'
wait "${processes[-1]}"
