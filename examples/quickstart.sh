#!/usr/bin/env bash
# Builds Stretcher, serves two versions of a small application over HTTP, deploys them, and then again as
# releases, of which the second one does not work.
# Needs a JDK (17 or newer) and Maven. Leaves nothing behind but what the build makes.
#
#   STRETCHER  a launcher to use instead of building one
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

work=$(mktemp -d)
# What the agent remembers is not for this host.
export XDG_STATE_HOME=$work/state STRETCHER_CACHE_DIR=$work/cache
server=
clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

heading() {
  printf '\n== %s\n' "$*"
}

build() {
  heading "Build"
  if [ -n "${STRETCHER:-}" ]; then
    stretcher=$STRETCHER
    echo "Using $stretcher"
    return
  fi
  echo "mvn -q -DskipTests package (the first time takes a few minutes)"
  mvn -q -B -ntp -Dstyle.color=never -f "$root/pom.xml" -DskipTests package
  stretcher=$root/stretcher-cli/target/stretcher/bin/stretcher
  "$stretcher" --version
}

serve() {
  mkdir "$work/store"
  "$java" "$here/quickstart/ServeFiles.java" "$work/store" "$work/url" &
  server=$!
  for _ in $(seq 300); do
    [ ! -s "$work/url" ] || break
    kill -0 "$server" 2>/dev/null || { echo "the web server did not start" >&2; exit 1; }
    sleep 0.1
  done
  store=$(cat "$work/url")
}

# publish VERSION: what a build server does. The manifest goes beside the archive.
publish() {
  local lines
  lines=$("$stretcher" pack -o "$work/store/greet-$1.tar.gz" "$here/quickstart/$1" 2>/dev/null)
  write_manifest "$1" "$lines"
}

# write_manifest VERSION LINES: LINES are the checksum and the table of contents.
write_manifest() {
  cat >"$work/store/greet-$1.yml" <<MANIFEST
src: $store/greet-$1.tar.gz
$2
dest: $work/srv/greet
excludes: ["*.pid"]
commands:
  pre:
    - echo "before the sync, as \$(id -un)"
  post:
    - $work/srv/greet/bin/greet de
  failure:
    - echo "this command got \$(wc -l) lines of log"
MANIFEST
}

# write_release ID VERSION LANGUAGE: the same application, each release in a directory of its own. It is
# healthy if it can greet in LANGUAGE.
write_release() {
  cat >"$work/store/release-$1.yml" <<MANIFEST
$(grep -E '^(src|checksum|toc):' "$work/store/greet-$2.yml")
dest: $work/srv/releases
sync_strategy: release
release: {id: "$1"}
health:
  commands:
    - test -f $work/srv/releases/current/share/messages/$3
  within: 1s
MANIFEST
}

# short: leaves out of a log its dates, and what does not matter here.
short() {
  sed -E -e 's|^[0-9/]{10} [0-9:]{8} ||' -e '/^$|^[.]\/$|^(Executing|Starting|Waiting|Reading|Extracted|sending|sent|total) /d' \
    -e "s|$work|WORK|g"
}

# deploy MANIFEST EXPECTED_STATUS: what every host does, here with an event that a person types. The
# log comes on STDERR; shown is its middle, without dates.
deploy() {
  local status=0
  echo "\$ echo $store/$1.yml | stretcher"
  echo "$store/$1.yml" | "$stretcher" --retry=0 2>&1 | short || status=$?
  echo "exit status $status"
  [ "$status" -eq "$2" ] || { echo "expected was exit status $2" >&2; exit 1; }
}

build
mkdir "$work/srv" "$work/tmp"
export TMPDIR=$work/tmp
serve

heading "Version 1"
publish v1
sed "s|$work|WORK|g" "$work/store/greet-v1.yml"
deploy greet-v1 0

heading "Version 2"
touch "$work/srv/greet/greet.pid"
publish v2
deploy greet-v2 0

heading "What changed from version 1 to 2"
diff -rq "$here/quickstart/v1" "$work/srv/greet" | sed -e "s|$here/quickstart/||" -e "s|$work|WORK|g" || true

heading "Releases: version 2 cannot greet in French, so that version 1 comes back by itself"
write_release 1.0 v1 fr
write_release 2.0 v2 fr
sed "s|$work|WORK|g" "$work/store/release-2.0.yml"
deploy release-1.0 0
deploy release-2.0 1
"$work/srv/releases/current/bin/greet" fr

heading "Releases: it can greet in Japanese; version 1 comes back by hand"
write_release 2.1 v2 ja
deploy release-2.1 0
"$stretcher" rollback "$work/srv/releases" 2>&1 | short
"$stretcher" releases "$work/srv/releases" 2>&1 | short
"$work/srv/releases/current/bin/greet" fr

heading "A manifest with a wrong checksum"
before=$(find "$work/srv" -type f -exec sha256sum {} + | sort | sha256sum)
write_manifest v2 "checksum: sha256:$(printf '0%.0s' {1..64})"
deploy greet-v2 1
after=$(find "$work/srv" -type f -exec sha256sum {} + | sort | sha256sum)
[ "$before" = "$after" ]
[ -z "$(ls -A "$work/tmp")" ]
echo "Nothing under WORK/srv has changed, and no temporary file is left."
