"""What is new, for programs that read feeds: answers of a search or about an entity, and interviews."""

from .answers import feed_of_answers
from .interviews import feed_of_interviews

__all__ = ["feed_of_answers", "feed_of_interviews"]
