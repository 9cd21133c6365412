"""Entities as data."""


def entity_stub(entity, root):
    """Return what names an entity: id, type, name, url."""
    return {"id": entity.identifier.urn, "type": entity.kind, "name": entity.name, "url": root + entity.address}


def entity_record(entity, root):
    """Return all that the archive knows of an entity, but the answers that speak of it."""
    return entity_stub(entity, root) | {
        "iso_code": entity.iso_code or None,
        "wikidata": entity.wikidata or None,
        "country": entity_stub(entity.country, root) if entity.country else None,
        "note": entity.note or None,
        "verified": entity.verified,
        "aliases": [
            {"text": alias.text, "language": alias.language or None, "kind": alias.kind}
            for alias in sorted(entity.aliases.all(), key=lambda alias: (alias.language, alias.text))
        ],
    }
