"""What belongs to a working group: its documents and its meetings."""

from django.db import models

from consultations.models.consultations import Consultation
from portal.models import WorkingGroup
from resources.models import Document


class GroupDocument(models.Model):
    """A document of a working group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="document_links")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="groupdocument_is_linked_once", fields=["group", "document"])
        ]

    def __str__(self):
        return f"{self.group}: {self.document}"


class GroupConsultation(models.Model):
    """A consultation, with its meetings, that a working group holds."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="consultation_links")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="groupconsultation_is_linked_once", fields=["group", "consultation"])
        ]

    def __str__(self):
        return f"{self.group}: {self.consultation}"
