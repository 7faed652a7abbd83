#!/usr/bin/env bash
# Measures a sync strategy beside rsync. Arguments are those of SyncBenchmark, see docs/benchmarks.md.
# Needs a JDK (17 or newer), Maven and rsync, and 3 GB of disk for --scale=1.
set -euo pipefail

exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" examples/benchmarks sync.SyncBenchmark "$@"
