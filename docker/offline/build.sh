#!/usr/bin/env bash
# Builds all images of docker-compose.offline.yml where no registry of images can be reached: a Java runtime from a JDK of this
# machine, Kafka from Maven Central, and Tripline. Needs a Docker engine, a whole JDK, and Debian's busybox-static.
#
#   docker/offline/build.sh             with the newest JDK of this machine
#   docker/offline/build.sh JDK [JDK…]  with those (their homes): tripline:local has the first, tripline:javaN that of release N
#
# What is there already is not built again, except Tripline itself.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export DOCKER_BUILDKIT=0

fail() {
  echo "build.sh: $1" >&2
  exit 2
}

# Tells whether a runtime can be made of a JDK: of its jmods, or, from 24 on, of itself.
links() {
  [ -x "$1/bin/jlink" ] && { [ -d "$1/jmods" ] || "$1/bin/jlink" --help | grep 'run-time image enabled' >/dev/null; }
}

release() {
  "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
}

# Prints the home of the newest JDK that a runtime can be made of.
newest_jdk() {
  local home version newest='' best=16
  for home in /usr/lib/jvm/*/; do
    links "${home%/}" || continue
    version=$(release "${home%/}")
    if [ "$version" -gt "$best" ]; then
      best=$version
      newest=${home%/}
    fi
  done
  echo "$newest"
}

docker info >/dev/null 2>&1 || fail "no Docker engine answers; start one, or set DOCKER_HOST"
command -v busybox >/dev/null || fail "needs busybox: apt-get install busybox-static"
jdks=("$@")
((${#jdks[@]})) || jdks=("$(newest_jdk)")
for jdk in "${jdks[@]}"; do
  links "$jdk" || fail "needs a JDK 17 or newer whose jlink can make a runtime, got '$jdk'; name the home of one"
done
kafka=$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$root/pom.xml")
log4j=$(sed -n 's:.*<log4j.version>\(.*\)</log4j.version>.*:\1:p' "$root/pom.xml")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for jdk in "${jdks[@]}"; do
  java=$(release "$jdk")
  docker image inspect "tripline/jre:$java" >/dev/null 2>&1 && continue
  echo "building tripline/jre:$java from $jdk"
  "$here/jre.sh" "$jdk" "$work/jre$java"
  docker build -q -t "tripline/jre:$java" "$work/jre$java"
done
first=$(release "${jdks[0]}")

if ! docker image inspect "tripline/kafka:$kafka" >/dev/null 2>&1; then
  echo "building tripline/kafka:$kafka"
  cp -r "$here/kafka/." "$work/kafka"
  "$root/mvnw" -q -B -f "$work/kafka/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$work/kafka/libs" -Dkafka.version="$kafka" -Dlog4j.version="$log4j"
  docker build -q -t "tripline/kafka:$kafka" --build-arg "BASE=tripline/jre:$first" "$work/kafka"
fi

echo "building tripline:local"
rm -rf "$root/tripline-cli/target/image"
(cd "$root" && ./mvnw -q -B -DskipTests -Pimage -pl tripline-cli -am package)
for jdk in "${jdks[@]}"; do
  java=$(release "$jdk")
  docker build -q -t "tripline:java$java" --target prebuilt --build-arg "BASE=tripline/jre:$java" "$root"
done
docker tag "tripline:java$first" tripline:local
docker images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep '^tripline'
