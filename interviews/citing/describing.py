"""What the formats of programs have no field for, in words."""

from interviews.wording import language_name

from .chicago import capitalised
from .phrases import plain


def described(reference):
    """Return what it was and where: Interview by Radio Meridian, Rome."""
    return ", ".join(part for part in (plain(capitalised(reference.occasion)), reference.place) if part)


def noted(reference):
    """Return the archive, the part and its version, then offices, what it translates, and where it was published."""
    version = f"version {reference.version}" if reference.version else ""
    where = ", ".join(part for part in (reference.archive, reference.locator, version) if part)
    return ". ".join([where, *remarks(reference)])


def remarks(reference):
    """Return the offices held at the time, what the text translates, and the publisher's address, one by one."""
    said = [f"{speaker.name.whole}: {speaker.office}" for speaker in reference.speakers if speaker.office]
    if reference.original_title:
        language = f" ({language_name(reference.original_language)})" if reference.original_language else ""
        said.append(f"Translation of “{reference.original_title}”{language}")
    return [*said, *([f"Published at {reference.source_url}"] if reference.source_url else [])]
