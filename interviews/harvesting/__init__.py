"""OAI-PMH 2.0: catalogues of libraries harvest what the archive holds, what changed, and what was taken away.

https://www.openarchives.org/OAI/openarchivesprotocol.html
"""

from .answering import answer

__all__ = ["answer"]
