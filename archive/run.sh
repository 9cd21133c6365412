#!/bin/sh
# What `make run` does once the packages are there: an up-to-date archive, served on this machine only.
set -eu

export DEBUG="${DEBUG:-1}"
if [ -n "$TEXTS" ]; then
    [ -e "$TEXTS" ] || { echo "There is no file or folder $TEXTS."; exit 1; }
    # Invented samples and real texts never share an archive: each folder of texts gets one of its own.
    folder=$(cd "$(dirname "$TEXTS")" && pwd)/$(basename "$TEXTS")
    name=$(basename "$folder")-$(printf %s "$folder" | cksum | cut -d' ' -f1)
    export ARCHIVE_DATA="${ARCHIVE_DATA:-var/$name}"
fi

"$PYTHON" manage.py migrate --verbosity 0
if [ -n "$TEXTS" ]; then
    "$PYTHON" manage.py ingest "$TEXTS" || echo 'Some files were refused (see above); the others are served.'
else
    "$PYTHON" manage.py ingest --samples
fi
"$PYTHON" manage.py reindex --if-needed
export DJANGO_RUNSERVER_HIDE_WARNING=true
echo
echo "The archive is at http://127.0.0.1:$PORT/ (stop it with Ctrl-C)"
exec "$PYTHON" manage.py runserver --noreload --verbosity 0 "127.0.0.1:$PORT"
