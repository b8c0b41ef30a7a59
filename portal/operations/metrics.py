"""The telling in figures, read from the database whenever they are asked for."""

from django.db.models import Count
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from portal import clock
from portal.mail.answers import Meaning
from portal.models import Alarm, Backup, Delivery, Notice, Tally
from portal.operations import alarms, installations


class Telling:
    """Queue age, queue length by priority, notices not yet expanded, ends by their sort, alarms, backups."""

    def collect(self):
        """Give each family of figures in turn."""
        oldest = alarms.oldest_due()
        age = (clock.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily(
            "portal_oldest_due_seconds", "For how long the first in line has been due", age
        )
        yield self.waiting()
        unexpanded = Notice.objects.to_expand().count()
        yield GaugeMetricFamily(
            "portal_notices_unexpanded", "Notices not yet turned into deliveries", unexpanded
        )
        yield self.ends()
        yield self.alarms()
        yield from self.recovery()

    def waiting(self):
        """How many messages wait, by their priority: 0 are codes, 9 goes to everybody."""
        family = GaugeMetricFamily(
            "portal_messages_waiting", "Messages that have to leave", labels=["priority"]
        )
        rows = Delivery.objects.waiting().order_by("priority").values_list("priority")
        for priority, count in rows.annotate(count=Count("pk")):
            family.add_metric([str(priority)], count)
        return family

    def ends(self):
        """What the mail server made of messages since counting began: rate() of it is how fast they leave, or fail."""
        family = CounterMetricFamily(
            "portal_messages", "Messages handed over, by what became of them", labels=["end"]
        )
        counts = dict(Tally.objects.values_list("name", "count"))
        for meaning in Meaning:
            family.add_metric([meaning.value], counts.get(meaning.value, 0))
        return family

    def alarms(self):
        """Which alarms sound."""
        family = GaugeMetricFamily("portal_alarm", "1 while the alarm sounds", labels=["name"])
        active = set(Alarm.objects.active().values_list("name", flat=True))
        for name in Alarm.Name.values:
            family.add_metric([name], int(name in active))
        return family

    def recovery(self):
        """How old the last good backup is, where there is one, and whether nothing may leave this installation."""
        if last := Backup.objects.order_by("made_at").last():
            age = (clock.now() - last.made_at).total_seconds()
            yield GaugeMetricFamily("portal_last_backup_seconds", "How old the last good backup is", age)
        yield GaugeMetricFamily(
            "portal_installation_astray",
            "1 while nothing is sent from a copy that nobody confirmed",
            int(installations.is_astray()),
        )
