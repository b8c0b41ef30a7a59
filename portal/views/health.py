"""Whether this process lives, and whether it is ready to serve; which version it is, is nobody's business."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from portal import clock
from portal.models import Delivery

PLAIN = "text/plain; charset=utf-8"
# Once all tables are there, they stay: looking again would cost each probe more than all its other questions.
TABLES = {"are there": False}


@login_not_required
@require_safe
def live(request):
    """The process answers."""
    return HttpResponse("live\n", content_type=PLAIN)


@login_not_required
@require_safe
def ready(request):
    """The database answers and has all its tables. Late mail and a silent Valkey are told, and keep nobody out."""
    try:
        missing = missing_migrations()
        facts = (
            [f"database: {missing} migrations missing"] if missing else ["database: ok", f"mail: {mail()}"]
        )
    except DatabaseError:
        missing, facts = None, ["database: silent"]
    facts += [f"broker: {valkey(settings.BROKER_URL)}", f"cache: {valkey(settings.CACHE_URL)}"]
    words = "\n".join(["ready" if missing == 0 else "not ready", *facts, ""])
    return HttpResponse(words, content_type=PLAIN, status=200 if missing == 0 else 503)


def missing_migrations():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if TABLES["are there"]:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    TABLES["are there"] = missing == 0
    return missing


def mail():
    """For how many seconds the message that is due longest has been waiting."""
    now = clock.now()
    oldest = Delivery.objects.due(now).aggregate(oldest=Min("not_before"))["oldest"]
    return f"waiting for {int((now - oldest).total_seconds())} s" if oldest else "ok"


def valkey(url):
    try:
        with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=None) as client:
            client.ping()
    except (RedisError, OSError):
        return "silent"
    return "ok"
