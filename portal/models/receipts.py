"""Receipts of creating forms, so that a second click or a repeated request has one effect (safety.md, D4)."""

from django.db import models


class FormReceipt(models.Model):
    """One creating form, sent once: who, where, under which hidden key, and the address it led to."""

    sender = models.CharField(max_length=64)
    route = models.CharField(max_length=80)
    key = models.UUIDField()
    request_hash = models.CharField(max_length=64)
    result = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="formreceipt_is_used_once", fields=["sender", "route", "key"])
        ]

    def __str__(self):
        return f"{self.route} {self.key}"
