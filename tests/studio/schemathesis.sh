#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Asks a studio of its own everything that its description allows, and what it does not, and looks whether an answer is a
# 5xx or one that is not described.
#   tests/studio/schemathesis.sh PROGRAM [MINUTES] [SEED]
# Needs schemathesis (PyPI) as `st`, for instance in a virtual environment: pip install schemathesis==4.32.5.
set -eu
program=$(realpath "$1")
minutes=${2:-20}
seed=${3:-1}
command -v st >/dev/null || { echo "there is no st; pip install schemathesis" >&2; exit 3; }
folder=$(mktemp -d)
studio=
trap 'test -z "$studio" || kill "$studio"; wait; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
# Keys, weights and what is kept are its own: nothing of the user's is touched.
export XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache" XDG_CONFIG_HOME="$folder/config"
"$program" serve --data "$folder/studio" --port 0 --workers 0 --waiting-limit 200 --log json \
  >"$folder/said" 2>"$folder/log" &
studio=$!
for _ in $(seq 100); do
  address=$(sed -n 's/^The studio is open at //p' "$folder/said")
  test -z "$address" || break
  sleep 0.2
done
test -n "$address" || { cat "$folder/log" >&2; exit 1; }
status=0
cd "$folder"  # where it leaves what it notes
st run "$address/api/v1/openapi.json" \
  --header "Authorization: Bearer $(cat "$folder/studio/token")" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
  --max-time "$((minutes * 60))" --seed "$seed" --request-timeout 20 --request-retries 2 \
  --suppress-health-check all --continue-on-failure --no-color || status=$?
kill -0 "$studio" || { echo "the studio has fallen" >&2; status=1; }
echo "answers by status:"
sed -n 's/.*"event":"request".*"status":\([0-9]*\).*/\1/p' "$folder/log" | sort | uniq -c
exit "$status"
