#!/bin/sh
# Starts a command of Tripline. Replaced by the JVM, so that signals reach it. JAVA_TOOL_OPTIONS holds options of the JVM, such
# as -Xmx512m; without a limit of its own the heap takes 60 % of the container's memory.
set -eu

# A service without arguments takes the configuration that the image, or a volume at /etc/tripline, has for it.
case $# in
    1)
        case $1 in
            sink)
                if [ -n "${TRIPLINE_GITHUB_REPOSITORY:-}" ]; then
                    # Signs the markers by which the sink knows its issues: made once, kept on the volume.
                    key=/var/lib/tripline/sink/marker-key
                    if [ ! -s "$key" ]; then
                        (umask 077 && head -c 24 /dev/urandom | base64 >"$key.new" && mv "$key.new" "$key")
                    fi
                    set -- sink --config /etc/tripline/sink-github.yaml
                else
                    set -- sink --config /etc/tripline/sink.yaml
                fi
                ;;
            agent | analyzer) set -- "$1" --config "/etc/tripline/$1.yaml" ;;
        esac
        ;;
esac

version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
memory=
if [ "${version:-17}" -ge 24 ]; then
    memory="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi
# shellcheck disable=SC2086 # several options are several words
exec java -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp $memory \
    -cp '/opt/tripline/lib/*' dev.tripline.cli.Tripline "$@"
