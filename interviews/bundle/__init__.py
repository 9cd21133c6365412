"""The whole archive as a folder of plain files, and such a folder as an archive again. See docs/data.md.

exporting.py writes a bundle, importing.py restores one; what each file holds is told in tables.py.
"""
