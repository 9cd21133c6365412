"""What waits to be tagged anew."""

from django.db import models


class Retagging(models.Model):
    """An interview whose texts wait to be tagged anew, written in the transaction that made it so."""

    interview = models.OneToOneField("Interview", models.CASCADE, primary_key=True, related_name="+")

    def __str__(self):
        return f"interview {self.interview_id}"


class Sought(models.Model):
    """Words of one act whose interviews are still to be found and tagged anew, written in the act's own transaction.

    `names`: of entities, found however they are inflected; `surfaces`: words of rules, found as they stand.
    """

    names = models.JSONField(default=list)
    surfaces = models.JSONField(default=list)

    def __str__(self):
        return f"{len(self.names)} names, {len(self.surfaces)} words of rules"
