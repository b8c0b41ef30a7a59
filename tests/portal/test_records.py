"""What coordinators keep about records is changed from the version that they saw."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_of_two_editors_the_second_sees_both_texts_and_then_decides(client):
    process = factories.process("As it was")
    address = reverse("process-edit", args=[process.key])
    client.force_login(factories.coordinator())
    shown = client.get(address).context["form"].initial
    typed = {name: value for name, value in shown.items() if value not in (None, False)}
    assert client.post(address, typed | {"title_en": "First editor"}).status_code == 302

    answer = client.post(address, typed | {"title_en": "Second editor"})
    assert answer.status_code == 409
    (title,) = [row for row in answer.context["differences"] if row.field.name == "title_en"]
    assert title.passages == [("First editor", "Second editor")]
    process.refresh_from_db()
    assert process.title_en == "First editor"

    again = typed | {"title_en": "Second editor", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    process.refresh_from_db()
    assert process.title_en == "Second editor"
