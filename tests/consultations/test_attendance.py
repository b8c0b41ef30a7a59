"""Who came: ticked in a list by two at once, or told with the code at the door; of a closed room nobody else learns it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import arrivals, planning
from consultations.models import Attendance, DoorCode, Reminder
from consultations.operations import attendance, meetings, reminders
from consultations.operations.upkeep import tidy
from portal.errors import Refused
from portal.models import LogEntry, Reader, Recipient
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return factories.open_consultation("Services").meetings.get()


def delegates(meeting, number=1, lead=None):
    """The delegates of a confirmed organization, each with an address that we write to."""
    organization = lead.organization if lead else None
    made = factories.registration(meeting.consultation, organization, delegates=number)
    rows = list(made.delegate_set.order_by("pk"))
    for row in rows:
        row.recipient = Recipient.objects.create(address=row.email)
        row.save()
    return rows


def address(name, meeting):
    return reverse(f"consultations:{name}", args=[meeting.key])


def came(meeting):
    return sorted(Attendance.objects.filter(meeting=meeting).values_list("delegate__name", "way"))


def test_a_coordinator_ticks_who_came(client, meeting):
    (one, two), coordinator = delegates(meeting, 2), factories.coordinator()
    factories.registration(meeting.consultation, status="waitlisted")
    client.force_login(coordinator)
    there = address("attendance", meeting)
    page = client.get(there).content.decode()
    assert page.count('type="checkbox"') == 2
    assert client.post(there, {"came": [one.key]}).status_code == 302
    assert came(meeting) == [(one.name, "list")]
    assert "1 of 2 delegates came." in client.get(there).content.decode()
    client.post(there, {"was": [one.key], "came": [two.key]})
    assert came(meeting) == [(two.name, "list")]
    assert LogEntry.objects.filter(act="attendance taken").count() == 2
    assert client.post(there, {"came": ["x"]}).status_code == 422


def test_two_who_take_attendance_side_by_side_undo_nothing(client, meeting):
    one, two = delegates(meeting, 2)
    client.force_login(factories.coordinator())
    there = address("attendance", meeting)
    # Both opened the list while it was empty.
    client.post(there, {"came": [one.key]})
    client.post(there, {"came": [two.key]})
    client.post(there, {"came": [two.key]})
    assert came(meeting) == [(one.name, "list"), (two.name, "list")]


def test_nobody_else_is_ticked_than_who_is_confirmed_for_it(meeting):
    other = factories.open_consultation().meetings.get()
    (stranger,) = delegates(other)
    attendance.take(meeting, came=[stranger.key], by=None)
    assert came(meeting) == []
    meetings.cancel(meeting, by=None)
    meeting.refresh_from_db()
    with pytest.raises(Refused, match="called off"):
        attendance.take(meeting, by=None)
    with pytest.raises(Refused, match="called off"):
        attendance.show_code(meeting, by=None)


def test_a_delegate_types_the_code_that_the_room_sees(client, meeting):
    (row,) = delegates(meeting)
    coordinator, person = factories.coordinator(), factories.user(email=row.email)
    client.force_login(coordinator)
    client.post(address("door", meeting))
    code = DoorCode.objects.get().code
    assert code in client.get(address("door", meeting)).content.decode()
    client.force_login(person)
    assert address("arrive", meeting) in client.get(row.registration.get_absolute_url()).content.decode()
    wrong = client.post(address("arrive", meeting), {"code": f"{(int(code) + 1) % 10**6:06}"})
    assert (wrong.status_code, came(meeting)) == (422, [])
    # As an Arabic keyboard writes it, with a space.
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    page = client.post(address("arrive", meeting), {"code": f"{arabic[:3]} {arabic[3:]}"}, follow=True)
    assert "It is noted that you are here." in page.content.decode()
    assert came(meeting) == [(row.name, "code")]
    client.post(address("arrive", meeting), {"code": code})
    assert len(came(meeting)) == 1


def test_a_code_lives_shortly_and_a_new_one_ends_the_one_before(meeting):
    rows = delegates(meeting)
    old = attendance.show_code(meeting, by=None).code
    new = attendance.show_code(meeting, by=None).code
    assert len(new) == 6
    if old != new:
        with pytest.raises(Refused, match="not the code"):
            attendance.arrive(meeting, delegates=rows, code=old, by=None)
    DoorCode.objects.update(ends_at=timezone.now())
    with pytest.raises(Refused, match="not the code"):
        attendance.arrive(meeting, delegates=rows, code=new, by=None)
    assert new not in str(list(DoorCode.objects.values()))


def test_nobody_finds_the_code_by_trying(client, meeting):
    (row,) = delegates(meeting)
    client.force_login(factories.user(email=row.email))
    code = attendance.show_code(meeting, by=None).code
    for _try in range(10):
        client.post(address("arrive", meeting), {"code": f"{(int(code) + 1) % 10**6:06}"})
    page = client.post(address("arrive", meeting), {"code": code})
    assert (page.status_code, "Too many tries" in page.content.decode()) == (422, True)
    assert came(meeting) == []


def test_a_delegate_without_account_comes_by_the_link_of_the_reminder(client, meeting, mailoutbox):
    (row,) = delegates(meeting)
    thing = meeting.consultation
    Reminder.objects.create(consultation=thing, meeting=meeting, about="meeting", due_at=timezone.now())
    reminders.send_due()
    delivery.drain()
    (message,) = [one for one in mailoutbox if one.to == [row.email]]
    link = arrivals.address(meeting, row.recipient)
    assert link in message.body
    page = client.get(link, follow=True)
    assert page.redirect_chain == [(address("arrive", meeting), 302)]
    code = attendance.show_code(meeting, by=None).code
    assert client.post(address("arrive", meeting), {"code": code}).status_code == 302
    assert came(meeting) == [(row.name, "code")]


def test_the_link_of_another_meeting_or_purpose_leads_to_the_entrance(client, meeting):
    (row,) = delegates(meeting)
    other = factories.open_consultation().meetings.get()
    from portal import tokens

    for where, token in (
        (other, arrivals.address(meeting, row.recipient).split("/")[-2]),
        (meeting, tokens.make_for("choices", row.recipient.key, row.recipient.nonce)),
        (meeting, "x"),
    ):
        client.get(reverse("consultations:arrival-letter", args=[where.key, token]))
        answer = client.get(address("arrive", where))
        assert answer["Location"].startswith(reverse("account_login"))


def test_of_a_closed_room_only_coordinators_learn_who_came(client, meeting):
    person = factories.lead()
    (row,) = delegates(meeting, lead=person)
    attendance.take(meeting, came=[row.key], by=None)
    seen = Attendance.objects.visible_to(Reader.of(person))
    client.force_login(person)
    assert seen.count() == 1
    assert "Your organization was there:" in client.get(row.registration.get_absolute_url()).content.decode()
    type(meeting.consultation).objects.update(access="invited")
    assert seen.count() == 0
    assert "was there" not in client.get(row.registration.get_absolute_url()).content.decode()
    assert (
        Attendance.objects.visible_to(Reader.of(factories.coordinator_of(meeting.consultation))).count() == 1
    )
    assert (
        Attendance.objects.visible_to(Reader.of(factories.coordinator_of(factories.process()))).count() == 0
    )
    client.logout()
    client.get(arrivals.address(meeting, row.recipient))
    assert client.get(address("arrive", meeting))["Location"].startswith(reverse("account_login"))


def test_what_is_kept_of_a_closed_room_has_its_end(meeting, settings):
    type(meeting.consultation).objects.update(access="invited")
    meeting.refresh_from_db()
    (row,) = delegates(meeting)
    attendance.take(meeting, came=[row.key], by=None)
    assert Attendance.objects.get().keep_until == meeting.ends_at + timedelta(days=183)

    settings.KEEP_ATTENDANCE_DAYS = 10
    attendance.take(meeting, left=[row.key], by=None)
    attendance.take(meeting, came=[row.key], by=None)
    assert Attendance.objects.get().keep_until == meeting.ends_at + timedelta(days=10)


@pytest.mark.parametrize(("access", "acts"), [("public", 1), ("invited", 0)])
def test_the_log_which_forgets_nothing_does_not_hear_who_came_to_a_closed_room(meeting, access, acts):
    type(meeting.consultation).objects.update(access=access)
    meeting.refresh_from_db()
    code = attendance.show_code(meeting, by=None).code
    attendance.arrive(meeting, delegates=delegates(meeting), code=code, by=factories.user())
    assert LogEntry.objects.filter(act="arrived by the code").count() == acts


def test_who_was_there_stays_counted_when_somebody_else_is_named(meeting):
    (row,) = delegates(meeting)
    attendance.take(meeting, came=[row.key], by=None)
    row.delete()
    kept = Attendance.objects.get()
    assert (kept.delegate, kept.registration) == (None, row.registration)


def test_a_meeting_is_summed_up_by_language_and_needs(client, meeting):
    rows = delegates(meeting, 3)
    for row, (code, needs) in zip(rows, (("ar", ["captions"]), ("ar", ["captions"]), ("", [])), strict=True):
        type(row).objects.filter(pk=row.pk).update(interpretation=code, needs=needs)
    attendance.take(meeting, came=[row.key for row in rows], by=None)
    coordinator = factories.coordinator()
    (found,) = planning.rounds(meeting.consultation, Reader.of(coordinator))
    assert (found.meeting, found.count) == (meeting, 3)
    assert [(row.language, row.count, row.said_needs) for row in found.listeners] == [
        ("ar", 2, ["2 need live captions"]),
        ("", 1, []),
    ]
    client.force_login(coordinator)
    page = client.get(
        reverse("consultations:registrations", args=[meeting.consultation.key])
    ).content.decode()
    assert "3 delegates came" in page
    assert "<span>2 delegates</span><span>2 need live captions</span>" in page


def test_the_list_costs_the_same_for_one_and_for_ten(cost, meeting):
    coordinator, there = factories.coordinator(), address("attendance", meeting)
    delegates(meeting)
    one = cost(there, user=coordinator)
    for _ in range(9):
        delegates(meeting, 2)
    assert one == cost(there, user=coordinator) <= 16


def test_only_who_coordinates_takes_attendance(client, meeting):
    person = factories.lead()
    delegates(meeting, lead=person)
    client.force_login(person)
    for name in ("attendance", "door"):
        assert client.get(address(name, meeting)).status_code == 403
        assert client.post(address(name, meeting)).status_code == 403
    assert client.get(address("arrive", meeting)).status_code == 404


def test_who_came_to_a_closed_room_is_forgotten_on_its_day():
    kept, over = factories.registration(), factories.registration()
    day = timedelta(days=1)
    for registration, until in ((kept, day), (over, -day)):
        Attendance.objects.create(
            meeting=registration.consultation.meetings.first(),
            registration=registration,
            delegate=registration.delegate_set.get(),
            way="list",
            taken_at=timezone.now(),
            keep_until=timezone.now() + until,
        )
    tidy()
    assert [row.registration for row in Attendance.objects.all()] == [kept]
