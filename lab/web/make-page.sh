#!/bin/sh
# Makes the page and copies it to the folder $1. Does only what a change made necessary.
set -eu
cd "$(dirname -- "$0")"
page=$1

fail() {
    printf 'The page of the lab cannot be built: %s\n%s\n' "$1" \
        'Install Node.js 20.19 or newer with npm (https://nodejs.org, or your package manager), and build again.' >&2
    exit 1
}
command -v node >/dev/null 2>&1 || fail 'node is not on the PATH.'
command -v npm >/dev/null 2>&1 || fail 'npm is not on the PATH.'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    || fail "node is $(node --version)."

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi

newer=$(find src index.html public package.json vite.config.ts tsconfig.json make-page.sh -newer "$page/index.html" -print 2>/dev/null | head -n 1)
if [ -e "$page/index.html" ] && [ -z "$newer" ]; then
    exit 0
fi
npm run --silent check -- --output human
npm run --silent build -- --logLevel warn --outDir "$page" --emptyOutDir
touch "$page/index.html"
