#!/bin/sh
# What `make score` does: parser and tagger against the facts counted by hand, with the shared folder's own scorers.
set -eu

[ -d "$SHARED/corpus" ] && [ -d "$SHARED/tagging" ] || {
    echo "There are no hand-counted facts at $SHARED: it must hold the folders corpus and tagging."
    echo 'Say where they are: make score SHARED=/path/to/shared'
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DEBUG=1 ARCHIVE_DATA="$work"

$PYTHON manage.py inspect --json "$SHARED"/corpus/*.txt > "$work/parsed.jsonl"
for gold in "$SHARED"/corpus/GOLD*.json; do
    echo "$(basename "$gold"):"
    $PYTHON "$SHARED/corpus/score.py" "$gold" "$work/parsed.jsonl"
done
for gold in gold-seeds gold-press-calls country-traps; do
    echo "tags, $gold.json:"
    $PYTHON "$SHARED/tagging/score.py" texts "$SHARED/tagging/$gold.json" "$work/parsed.jsonl" > "$work/texts.jsonl"
    $PYTHON manage.py tag < "$work/texts.jsonl" > "$work/tagged.jsonl"
    $PYTHON "$SHARED/tagging/score.py" score "$SHARED/tagging/$gold.json" "$work/tagged.jsonl" --details
done
