"""How gunicorn serves the archive: gunicorn -c archive/serving.py archive.wsgi."""

# One slow search must not block others.
workers = 2
threads = 8
# The longest that gunicorn bounds: in Cyrillic or Arabic letters a search of 1,000 characters takes 6,000 bytes.
limit_request_line = 8190
