# syntax=docker/dockerfile:1
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsqlite3-dev libyaml-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /labplan
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY Benchmarks Benchmarks
COPY Migrations Migrations
COPY openapi.yaml ./
RUN swift build --configuration release --product labplan --static-swift-stdlib -Xlinker -s \
    && install -D "$(swift build --configuration release --static-swift-stdlib --show-bin-path)/labplan" /out/labplan

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsqlite3-0 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/labplan --shell /usr/sbin/nologin labplan
COPY --from=build /out/labplan /usr/local/bin/labplan
USER labplan
WORKDIR /var/lib/labplan
VOLUME /var/lib/labplan
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=2s \
    CMD ["labplan", "health"]
ENTRYPOINT ["labplan"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080", "--database", "/var/lib/labplan/labplan.sqlite"]
