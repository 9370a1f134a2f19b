#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: the workbook, its tools, and one run of
# the grader, so that no student waits for what all of them share.
set -euo pipefail

apt-get update
apt-get install -y --no-install-recommends \
  build-essential ca-certificates curl gdb python3 python3-dev python3-venv
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
. "$HOME/.cargo/env"

# `workbook/` in the archive that you upload is a checkout, with `solutions/` in it.
cp -r /autograder/source/workbook /autograder/workbook
cp /autograder/source/rules.toml /autograder/source/roster.csv /autograder/
cd /autograder/workbook
cargo build -p bindery
mkdir -p /tmp/warm/nobody
target/debug/bindery grade /tmp/warm --exercises detach --out /autograder/graded
