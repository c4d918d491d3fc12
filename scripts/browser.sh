#!/usr/bin/env bash
# Sees to a browser for the tests: Debian's chromium where it may be installed, else one line that says how.
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && exit 0
how="no browser found, its tests will be skipped: install one with 'apt-get install chromium'"
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "$how"; exit 0; }
export DEBIAN_FRONTEND=noninteractive
{ apt-get -q update && apt-get -q install -y --no-install-recommends chromium; } >/dev/null 2>&1 || echo "$how"
