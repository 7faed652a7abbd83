#!/usr/bin/env bash
# Measures releases and the switch between them, beside deploys by tree. Arguments are those of ReleaseBenchmark, see docs/benchmarks.md.
# Needs a JDK (17 or newer), Maven, nginx and rsync, and 4 GB of disk for --scale=1.
set -euo pipefail

exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" stretcher-cli,examples/benchmarks deploy.ReleaseBenchmark "$@"
