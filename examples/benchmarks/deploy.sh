#!/usr/bin/env bash
# Measures whole deploys beside the same steps in shell. Arguments are those of DeployBenchmark, see docs/benchmarks.md.
# Needs a JDK (17 or newer), Maven, nginx, curl and rsync, and 4 GB of disk for --scale=1.
set -euo pipefail

exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" stretcher-cli,examples/benchmarks deploy.DeployBenchmark "$@"
