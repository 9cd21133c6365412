#!/bin/sh
# What `make run` does once the packages are there: an up-to-date archive, served on this machine only.
set -eu

manage="$PYTHON manage.py"
export DEBUG="${DEBUG:-1}"
if [ -n "$TEXTS" ]; then
    [ -e "$TEXTS" ] || { echo "There is no file or folder $TEXTS."; exit 1; }
    # Invented samples and real texts never share an archive: each folder of texts gets one of its own.
    folder=$(cd "$(dirname "$TEXTS")" && pwd)/$(basename "$TEXTS")
    name=$(basename "$folder" | tr -c 'A-Za-z0-9._\n-' _)-$(printf %s "$folder" | cksum | cut -d' ' -f1)
    export ARCHIVE_DATA="${ARCHIVE_DATA:-var/$name}"
fi
$PYTHON -c "import socket; socket.create_server(('127.0.0.1', $PORT)).close()" 2>/dev/null \
    || { echo "Port $PORT is taken (or is no port). Choose another: make run PORT=8080"; exit 1; }

$manage migrate --verbosity 0
$manage make_roles --verbosity 0
if [ -n "$TEXTS" ]; then
    status=0
    $manage ingest "$TEXTS" || status=$?
    case $status in
        0) ;;
        3) echo 'The files refused above are left out; the others are served.' ;;
        *) exit "$status" ;;
    esac
else
    $manage ingest --samples
fi
$manage reindex --if-needed
[ "$DEBUG" = 1 ] || $manage collectstatic --noinput --verbosity 0

export DJANGO_RUNSERVER_HIDE_WARNING=true
echo
echo "The archive is at http://127.0.0.1:$PORT/ (stop it with Ctrl-C)"
[ -z "${ARCHIVE_DATA:-}" ] || echo "Its state is in $ARCHIVE_DATA: put ARCHIVE_DATA='$ARCHIVE_DATA' before manage.py commands."
exec $manage runserver --noreload --verbosity 0 "127.0.0.1:$PORT"
