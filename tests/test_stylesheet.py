"""The stylesheet that readers' pages ask for, joined from the files of static/css."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

FOLDER = Path(settings.BASE_DIR, "static", "css")
APART = {"admin.css", "print.css"}  # the curators' desk; what printers need, which no screen waits for


def test_every_file_is_in_it_whole():
    joined = Path(finders.find("css/archive.css")).read_text()
    missing = [part.name for part in FOLDER.glob("*.css") if part.name not in APART and part.read_text() not in joined]
    assert missing == []


@pytest.mark.django_db
def test_page_waits_for_one_stylesheet(client):
    sheets = re.findall(r'<link rel="stylesheet" href="/static/css/(\w+)\.css"(.*?)>', client.get("/").content.decode())
    assert sheets == [("archive", ""), ("print", ' media="print"')]


def test_it_is_joined_anew_where_it_does_not_say_what_the_files_say():
    path = Path(finders.find("css/archive.css"))
    path.write_text("/* of yesterday */")
    assert "of yesterday" not in Path(finders.find("css/archive.css")).read_text()


def test_it_is_collected_with_the_other_files(settings):
    call_command("collectstatic", interactive=False, verbosity=0)
    assert Path(settings.STATIC_ROOT, "css", "archive.css").exists()
