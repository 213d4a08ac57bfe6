# Tripline's services: agent, analyzer, sink, ingest and all other commands of ./tripline are commands of this image.
#
#   docker build -t tripline .                      builds from source; needs the network
#   docker build --target prebuilt -t tripline .    takes the jars of ./mvnw -DskipTests -Pimage package
#
# BASE is any Java 17 or newer with a shell on linux/amd64 or arm64.
ARG BASE=eclipse-temurin:17-jre

FROM ${BASE} AS runtime
COPY docker/entrypoint.sh /opt/tripline/bin/tripline
COPY docker/healthcheck.sh /opt/tripline/bin/healthcheck
COPY docker/config/ /etc/tripline/
# What services keep: one folder each, to be mounted as volumes. Owned by the user the services run as.
RUN mkdir -p /var/lib/tripline/agent /var/lib/tripline/analyzer /var/lib/tripline/sink /var/lib/tripline/registry \
    && chown -R 10001:10001 /var/lib/tripline
ENV PATH=/opt/tripline/bin:$PATH
USER 10001:10001
WORKDIR /var/lib/tripline
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=6 CMD ["/opt/tripline/bin/healthcheck"]
ENTRYPOINT ["/opt/tripline/bin/tripline"]
CMD ["--help"]

FROM runtime AS prebuilt
# The first makes the second one optional: builders without BuildKit build this stage, too, where there are no jars yet.
COPY LICENSE tripline-cli/target/imag[e] /opt/tripline/lib/

FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -DskipTests -Pimage -pl tripline-cli -am package

FROM runtime
COPY --from=build /src/tripline-cli/target/image/ /opt/tripline/lib/
