#!/bin/sh
# Tells whether the service in this container is ready; commands that are no services always are. Without a JVM for each question
# where the image has wget or curl. TRIPLINE_HEALTH names the address where it is not that of the image's configuration.
set -eu
url=${TRIPLINE_HEALTH:-http://127.0.0.1:8090}
tr '\0' '\n' </proc/1/cmdline | grep -xE 'agent|analyzer|sink' >/dev/null || exit 0
if command -v wget >/dev/null; then
    exec wget -q -O /dev/null "$url/health/ready"
elif command -v curl >/dev/null; then
    exec curl -fs -o /dev/null "$url/health/ready"
fi
exec /opt/tripline/bin/tripline health --url "$url"
