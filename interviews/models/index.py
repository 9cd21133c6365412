"""The outbox of the search index."""

from django.db import models


class IndexChange(models.Model):
    """A turn whose search documents are out of date, written in the transaction that changed it."""

    class Operation(models.TextChoices):
        UPDATE = "update", "Update"
        REMOVE = "remove", "Remove"

    turn_id = models.BigIntegerField()
    operation = models.CharField(max_length=6, choices=Operation, default=Operation.UPDATE)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.operation} turn {self.turn_id}"
