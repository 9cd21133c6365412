"""What readers see as the tags of a turn: what curators decided, else what the tagger marked."""


def tags_of(turn):
    """Return the entities a turn is tagged with, in the order of their first mention; curators' additions last.

    Prefetch `mentions__entity`, `decisions__entity` and `decisions__replacement` for many turns (`for_reading()`).
    """
    decisions = [d for d in turn.decisions.all() if not d.surface]
    removed = {d.entity_id for d in decisions if d.verdict != "confirm"}
    marked = [m.entity for m in turn.mentions.all() if m.entity_id not in removed]
    added = [d.replacement or d.entity for d in decisions if d.verdict != "reject"]
    return list(dict.fromkeys(marked + added))


def countries_of(turn):
    """Return the countries of a turn and of the question it answers: what facets count and search filters by."""
    question = turn.reply_to
    entities = (tags_of(question) if question else []) + tags_of(turn)
    return list(dict.fromkeys(e for e in entities if e.kind == "country"))
