"""What coordinators keep about records is changed from the version that they saw."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.models import Record
from tests import factories

pytestmark = pytest.mark.django_db

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("title", [None, ""])
def test_a_record_has_a_title_in_some_language_unless_it_came_from_the_archive(model, title):
    fact = f'"{model._meta.app_label}_{model._meta.model_name}_has_title"'
    with pytest.raises(IntegrityError, match=fact), transaction.atomic():
        model.objects.create(title_en=title)

    in_arabic = model.objects.create(title_en=title, title_ar="العودة")
    from_the_archive = model.objects.create(title_en=title, archive_id="kept-without-title")
    assert {*model.objects.all()} == {in_arabic, from_the_archive}


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
