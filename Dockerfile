# Gradelane from source, on a JRE of 25.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Dquick -Dmaven.test.skip=true -pl modules/launcher -am package \
    && cp modules/launcher/target/gradelane-launcher-*-all.jar /gradelane.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --home-dir /var/lib/gradelane --create-home gradelane
COPY --from=build /gradelane.jar /opt/gradelane/gradelane.jar
COPY conf /opt/gradelane/conf
ENV GRADELANE_HOME=/opt/gradelane \
    GRADELANE_DATA_DIR=/var/lib/gradelane \
    MALLOC_ARENA_MAX=2
USER gradelane
VOLUME /var/lib/gradelane
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=2s --start-period=20s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${GRADELANE_HTTP_PORT:-8080} && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# JAVA_TOOL_OPTIONS adds to these; SIGTERM drains, so give the container longer than drain.delay + drain.timeout.
ENTRYPOINT ["java", "-XX:+IgnoreUnrecognizedVMOptions", \
    "--sun-misc-unsafe-memory-access=allow", "-Xms64m", "-Xmn32m", "-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", \
    "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=64m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable", "-Xlog:all=error:stderr", \
    "-jar", "/opt/gradelane/gradelane.jar"]
CMD ["up"]
