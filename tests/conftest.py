"""What every test may ask for: a client whose messages really leave, a count of queries, a guard on sockets."""

import gc
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.template import RequestContext, Template
from django.test import Client, TransactionTestCase
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import counted, samples, servers, sessions, tables
from tests.loopback import sitecustomize

os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(sitecustomize.__file__).parent), os.environ.get("PYTHONPATH", "")]
)
# Another every day, so that in time the samples come to everything; the workers of xdist are given that of their controller.
SEED = int(os.environ.setdefault("SEED", str(date.today().toordinal())))

pytest.register_assert_rewrite("tests.pages")


def pytest_report_header():
    return f"Samples of the long walks are drawn with SEED={SEED}; make drills leaves nothing out."


def pytest_collection_modifyitems(config, items):
    """The longest walk begins first, then the other long files: processes that share the suite end nearly together.

    The drills leave nothing out, of the suite's own files that stand in their table either.
    """
    if any("drills" in item.path.parts for item in items):
        return
    spared = list(samples.spared(items, SEED))
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in spared]
    items.sort(key=lambda item: ("walked" not in item.fixturenames, item.get_closest_marker("long") is None))


def pytest_terminal_summary(terminalreporter):
    if found := counted.lines(terminalreporter):
        terminalreporter.section("what was counted")
        for line in found:
            terminalreporter.write_line(line)


def pytest_collection_finish():
    """What was imported stays until the end: it is not looked through for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """A worker of xdist copies the tables that its controller has made (servers.py)."""
    if hasattr(request.config, "workerinput"):
        tests = connection.settings_dict["TEST"]
        template = tests["NAME"].removesuffix(f"_{request.config.workerinput['workerid']}")
        tests |= {"TEMPLATE": template, "MIGRATE": False}
        with servers.locked_tables():
            pass


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_suite():
    from django.conf import settings

    from portal.operations import limits

    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.CELERY_TASK_EAGER_PROPAGATES = True
    settings.COUNTS_KEPT = settings.ANSWER_STEP = 0
    # The walks take every list as everybody, all from one address.
    limits.FILES = (limits.Rate(100_000, limits.HOUR),)
    settings.SESSIONS_SEEN_SECONDS = 3_600  # a long walk writes nothing by being long
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages_alone(django_test_environment):
    """`response.context` is what a page was given; a copy for each of its parts would take half of all rendering."""

    def render(template, context):
        if isinstance(context, RequestContext) and context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_emptied_by_our_rule():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: tables.empty())
        yield


@pytest.fixture(autouse=True)
def _no_foreign_sockets():
    """Nothing here, nor any Python that a test starts, talks to another machine, even if nobody looks at the error."""
    yield
    tried = [*sitecustomize.ATTEMPTS]
    sitecustomize.ATTEMPTS.clear()
    notes = Path(os.environ["PORTAL_TESTS"]) / "reached-out.txt"
    if notes.exists():
        tried.append(notes.read_text())
        notes.unlink()
    assert tried == []


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language active in the thread; no test inherits another's."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _fresh_cache():
    """The other cache, which counts attempts, lives in the database and ends with each test by itself."""
    caches["pages"].clear()


@pytest.fixture
def client(django_capture_on_commit_callbacks):
    """A client whose requests run their on-commit hooks, so that messages really leave."""

    class Committing(Client):
        def request(self, **request):
            with django_capture_on_commit_callbacks(execute=True):
                return super().request(**request)

    return Committing()


@pytest.fixture
def cost(db):
    """Count the queries of a page on a second, warmed request: cost(address, user=None)."""

    def count(address, user=None):
        client = Client()
        if user is not None:
            sessions.sign_in(client, user)
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count


@pytest.fixture
def owed():
    """One message that waits to be sent: what a mail server's faults are tried on."""
    from tests import faults

    return faults.owed_delivery()


@pytest.fixture(scope="session")
def seed():
    """What draws the samples of the long walks; none in the drills, which leave nothing out."""
    return SEED


@pytest.fixture(scope="module")
def walked(seed, django_db_setup, django_db_blocker):
    """The exits of the portal, walked once as every role."""
    from tests.safety import walk

    with django_db_blocker.unblock():
        return walk.walk(seed=seed)
