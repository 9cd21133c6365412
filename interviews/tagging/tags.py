"""What readers see as the tags of a turn: what curators decided, else what the tagger marked."""


def tags_of(turn):
    """Return the entities a turn is tagged with, in the order of their first mention; curators' additions last.

    Many turns are asked for with `with_tags()`.
    """
    decisions = [d for d in decisions_of(turn) if not d.surface]
    removed = {d.entity_id for d in decisions if d.verdict != "confirm"}
    marked = [m.entity for m in mentions_of(turn) if m.entity_id not in removed]
    added = [d.replacement or d.entity for d in decisions if d.verdict != "reject"]
    return list(dict.fromkeys(marked + added))


def countries_of(turn):
    """Return the countries of a turn and of the question it answers: what facets count and search filters by."""
    question = turn.reply_to
    entities = (tags_of(question) if question else []) + tags_of(turn)
    return list(dict.fromkeys(e for e in entities if e.kind == "country"))


def mentions_of(turn):
    """Return the mentions of a turn: those fetched by `with_tags()`, else as they are now."""
    return turn.fetched_mentions if hasattr(turn, "fetched_mentions") else turn.mentions.all()


def decisions_of(turn):
    """Return the decisions on a turn: those fetched by `with_tags()`, else as they are now."""
    return turn.fetched_decisions if hasattr(turn, "fetched_decisions") else turn.decisions.all()
