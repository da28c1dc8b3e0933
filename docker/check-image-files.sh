#!/usr/bin/env bash
# Usage: docker/check-image-files.sh DATABASE_URL
# Proves without a Docker engine that the files of the image are enough: puts the same files into an empty folder, installs
# the same packages, and starts the server there as another account that may write nothing but its data folder. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."
database=${1:?give the address of an empty PostgreSQL database}
image=$(mktemp -d /var/tmp/opsagent-image-XXXXXX)
port=${PORT:-8123}
trap 'kill "${server:-}" 2>/dev/null || true; wait 2>/dev/null || true; chmod -R u+w "$image"; rm -rf "$image"' EXIT

cp package.json package-lock.json LICENSE "$image"
(cd "$image" && npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error)
rm "$image/package-lock.json"
mkdir "$image/dist"
cp -r dist/api dist/admin "$image/dist"
mkdir "$image/data"
chown nobody "$image/data"
chmod 755 "$image"
chmod -R a-w,a+rX "$image/dist" "$image/node_modules"
echo "Files of the image: $(du -sh --exclude=data "$image" | cut -f1)"

node=$(realpath node_modules/.bin/node 2>/dev/null || command -v node)
install -m 755 "$node" "$image/node"
cd "$image"
setpriv --reuid=nobody --clear-groups env -i NODE_ENV=production HOST=127.0.0.1 PORT="$port" OPSAGENT_DATA_DIR="$image/data" \
  DATABASE_URL="$database" ./node --max-semi-space-size=8 --enable-source-maps dist/api/apps/api/src/main.js &
server=$!
for _ in $(seq 100); do
  if curl -fs "http://127.0.0.1:$port/health/ready" >/dev/null; then
    curl -fs "http://127.0.0.1:$port/" | grep -q '<oa-root>' || { echo 'The console is not served.'; exit 1; }
    echo 'The server is ready and serves the console from the files of the image.'
    exit 0
  fi
  kill -0 "$server" 2>/dev/null || { echo 'The server ended.'; exit 1; }
  sleep 0.3
done
echo 'The server did not become ready.'
exit 1
