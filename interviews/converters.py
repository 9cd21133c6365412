"""Parts of addresses."""

from interviews.partial_date import PartialDate


class DatedConverter:
    """A date as far as it is known: 2019/12/05, 2019/12 or 2019. An impossible date matches nothing."""

    regex = "[0-9]{4}(?:/[0-9]{2}){0,2}"

    def to_python(self, value):
        return PartialDate.parse(value)

    def to_url(self, value):
        return str(value)


class TurnNumberConverter:
    """The name of a turn within its interview: q3, a3, a3b, s1, m1, d1."""

    regex = "[qasmd][0-9]+[b-z]*"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
