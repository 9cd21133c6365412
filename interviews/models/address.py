"""Addresses that are no longer current. Current ones are computed."""

from django.db import models
from django.db.models import Q


class FormerAddress(models.Model):
    """A path this site once gave out: it redirects to its target for ever, or says why that is gone.

    The path of an interview stands for the paths of its turns too.
    """

    path = models.CharField(max_length=300, unique=True)
    interview = models.ForeignKey("Interview", models.CASCADE, null=True, blank=True, related_name="former_addresses")
    entity = models.ForeignKey("Entity", models.CASCADE, null=True, blank=True, related_name="former_addresses")
    gone_reason = models.TextField(blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "former addresses"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(interview__isnull=False) | Q(entity__isnull=False) | ~Q(gone_reason=""),
                name="former_address_leads_somewhere",
            )
        ]

    def __str__(self):
        return self.path
