"""Two people, or a person and an ingest, at the same row: the later one is told instead of undoing the other."""

from django import forms

CHANGED_MEANWHILE = "This was changed meanwhile by somebody else or by an ingest. Open it again, then make your change."


class MeanwhileForm(forms.ModelForm):
    """A form that refuses to save a row that was changed since the form was opened."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, label="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = self._changed_at()

    def _changed_at(self):
        row = type(self.instance).objects.filter(pk=self.instance.pk).values_list("changed_at", flat=True).first()
        return row.isoformat() if row else ""

    def clean(self):
        cleaned = super().clean()
        seen_at = cleaned.get("seen_at")
        if seen_at and seen_at != self._changed_at():
            raise forms.ValidationError(CHANGED_MEANWHILE)
        return cleaned
