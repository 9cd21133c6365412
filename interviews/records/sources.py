"""Files and versions of words as data."""


def source_record(source):
    """Return what names a file: its SHA-256, name, size in bytes, and its rights."""
    return {
        "sha256": source.sha256,
        "name": source.name,
        "size": source.size,
        "received": source.received_at.isoformat(timespec="seconds"),
        "origin_url": source.origin_url or None,
        "licence": source.licence or None,
        "redistribute": source.redistribute,
    }


def version_record(version):
    """Return when a text of a turn stood, and whence it came: `file` is None where a curator wrote it."""
    return {
        "version": version.short,
        "sha256": version.sha256,
        "since": version.since and version.since.isoformat(timespec="seconds"),
        "until": version.until and version.until.isoformat(timespec="seconds"),
        "file": version.source and version.source.sha256,
        "by_curator": version.by_curator,
        "reason": version.reason or None,
    }
