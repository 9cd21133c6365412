"""From a text file to rows: reader, header, layouts, turns, speakers are pure; only store.py writes."""
