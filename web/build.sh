#!/usr/bin/env sh
# Builds the browser's files into the folder given. Does nothing when they are newer than every source.
set -eu
cd "$(dirname "$0")"
out=$1
command -v npm >/dev/null 2>&1 || {
  echo "npm was not found. Install Node.js 20 or newer (Debian: apt-get install nodejs npm) and run this again." >&2
  exit 1
}
if [ -f "$out/.built" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./target -prune -o -type f -newer "$out/.built" -print | head -n 1)" ]; then
  exit 0
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --silent --no-progress
fi
npm run --silent build -- "$out"
touch "$out/.built"
