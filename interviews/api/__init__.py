"""The interface for programs under /api/: read-only, the same records as the pages' own data, page by page."""
