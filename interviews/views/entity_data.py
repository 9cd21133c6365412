"""The page of an entity as data: what is known of it, and a page of the answers by it or about it."""

from interviews.listing.answers import share_interviews
from interviews.records import entity_record, turn_record

from .entity_page import beside_page, offices_of, sides_of, turns_of
from .errors import unavailable
from .formats import root_of, steps_in_json


def side_as_json(request, side):
    """Return the data of one side of an entity; 503 while there is no index."""
    profile, root = side.profile, root_of(request)
    if profile is None:
        return unavailable(request)
    turns = turns_of(profile)
    share_interviews(turns)
    return entity_record(side.entity, root) | {
        "offices": offices_of(side.entity),
        "said": side.said,
        "sides": [{"label": words, "answers": count, "url": root + url} for words, count, url, _ in sides_of(side)],
        "found": profile.total,
        "page": profile.page,
        "pages": profile.pages,
        **steps_in_json(root, **beside_page(side)),
        "years": dict(profile.years),
        "rankings": {facet: ranking_record(ranking, root) for facet, ranking in profile.rankings.items()},
        "answers": [turn_record(turn, root) for turn in turns],
    }


def ranking_record(ranking, root):
    """Return the most frequent values beside the answers, and how many there are in all."""
    return {
        "found": ranking.size,
        "values": [
            {"value": each.value, "name": each.named.label, "url": root + each.named.url, "answers": each.count}
            for each in ranking.ranked
        ],
    }
