"""An announcement to 2,000 organizations, stopped half way, corrected in one language, resumed: nobody twice."""

import time

import pytest

from consultations.models import Announcement
from consultations.operations import announcements
from portal.models import Delivery
from tests import drainers, factories
from tests.drills import figures
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "title_ar": "الأبواب مفتوحة",
    "title_en": "Doors open",
    "title_es": "Puertas abiertas",
    "title_fr": "Portes ouvertes",
    "bodies": {"ar": "ادخلوا.", "en": "Come in.", "es": "Entren.", "fr": "Entrez."},
}


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def test_two_thousand_organizations_stopped_corrected_and_resumed():
    count, by = 2_000, factories.coordinator()
    wanted = drainers.crowd(count)
    made = factories.announcement(status="draft", **WORDS)
    made = announcements.send(made, by=by)
    with Sink(delay=0.005) as sink, drainers.Drainers(2, sink.port):
        assert drainers.until(lambda: len(sink.received) >= count // 2)
        began = time.monotonic()
        announcements.stop(made, by=by)
        assert drainers.until(lambda: not Delivery.objects.filter(state="leased").exists())
        settled, early = time.monotonic() - began, list(sink.received)
        time.sleep(3)
        assert len(sink.received) == len(early) < count
        correction = announcements.correct(
            made,
            language="fr",
            subject="Portes grandes ouvertes",
            text="Entrez vite.",
            version=Announcement.objects.get().version,
            by=by,
        )
        announcements.resume(made, by=by)
        assert drainers.until(drainers.all_is_done, seconds=120)
    told = {one.recipient for one in early}
    french = [one for one in sink.received if one.language == "fr"]
    old = {one.recipient for one in french if "grandes" not in one.message["Subject"]}
    repeated = len(sink.received) - len({one.recipient for one in sink.received})
    figures.add(
        "G1",
        "2,000 organizations, stopped, corrected in one language, resumed",
        told_before=len(early),
        seconds_to_stop=round(settled, 2),
        listed=correction.told,
        repeated=repeated,
        lost=len(wanted.keys() - {one.recipient for one in sink.received}),
    )
    assert {one.recipient: one.language for one in sink.received} == wanted
    assert repeated == 0
    assert old == {address for address in told if wanted[address] == "fr"}
    assert correction.told == len(old) == correction.organizations.count()
