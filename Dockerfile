# The production image: code, the production lock, catalogues and static files. No own servers, no tests, no root.

FROM python:3.13-slim AS built
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
WORKDIR /portal
COPY requirements/uv.txt requirements/production.txt requirements/
RUN python -m venv .venv \
 && .venv/bin/pip install --require-hashes -r requirements/uv.txt \
 && .venv/bin/uv pip sync --python .venv/bin/python --require-hashes --compile-bytecode requirements/production.txt \
 && .venv/bin/python -m pip uninstall --yes uv
COPY manage.py ./
COPY portal portal
COPY resources resources
COPY consultations consultations
COPY templates templates
COPY locale locale
RUN .venv/bin/pybabel compile --domain django --directory locale \
 && .venv/bin/python -m compileall -q portal resources consultations \
 && SECRET_KEY=none SITE_URL=http://localhost MAIL_FROM=none@localhost DATABASE_URL=postgres://none/none REDIS_URL=redis://none \
    .venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/portal/.venv/bin:$PATH MEDIA_ROOT=/media
# pg_dump and pg_restore, which must not be older than the server: for `manage.py back_up` and `restore`.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install --yes --no-install-recommends postgresql-client-18 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal \
 && install --directory --owner portal --mode 0700 /media
WORKDIR /portal
COPY --from=built /portal /portal
USER portal
VOLUME /media
EXPOSE 8000
CMD ["gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
