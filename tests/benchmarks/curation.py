"""How soon readers see what a curator did, over HTTP, in an archive of 50,000 answers served as in production.

    python tests/benchmarks/curation.py [SIZE]     default: 50000 answers

Each act is told with the seconds until the server answered the curator, and until a search, a facet and the page of
the entity all showed what is true by then, each asked anew every twentieth of a second. These are seconds of the
clock: a curator waits for the disk and for other processes too. Beside them stand the seconds of a processor that the
server took by then, the readers' pages with it: about what the clock would say on a machine that does nothing else.
What was promised of the clock and was not kept is marked. A rule is saved after a look at what it would change.
"""

import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "b" * 32
MENTIONS, SHOWN_AT_ONCE = 1_000, 900
PREVIEWED = re.compile(r'name="previewed" value="([^"]*)"')
PAUSE = 0.05
LOG = "server.log"  # where a page is gone the server says so each time: of use only where something fails
LONGEST = 300  # seconds
SINGLE, BULK = 1, 10  # seconds that are promised


def main():
    from benchmarks.search import SIZES, built, child
    from benchmarks.search_answers import GENERATOR, SEED

    size = int(sys.argv[1]) if sys.argv[1:] else SIZES[-1]
    base = Path(os.environ.get("ARCHIVE_BENCH_DATA") or Path(tempfile.gettempdir()) / "archive-bench")
    kept = base / f"{size}-answers-seed-{SEED}-version-{GENERATOR}"
    built(kept, "rows", size)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(kept / "rows" / "archive.sqlite3", folder)
        child(folder, "index", size)
        measure(folder)


def measure(folder):
    """Serve the archive of a folder, curate in it, and print what each act took."""
    known = json.loads(in_archive(folder, __file__, "--prepare").stdout)
    server, port = served(folder)
    try:
        desk = Desk(port, known)
        print(f"{'seconds until':<50}{'answered':>10}{'seen':>8}{'promised':>10}{'processor':>11}")
        for name, act, most in desk.acts():
            before = processor_time(server.pid)
            answered, seen = desk.timed(act)
            spent = processor_time(server.pid) - before
            late = "  late" if seen > most else ""
            print(f"{name:<50}{answered:>10.2f}{seen:>8.2f}{most:>10}{spent:>11.2f}{late}", flush=True)
    except Exception:
        print(Path(folder, LOG).read_text(), file=sys.stderr)
        raise
    finally:
        server.terminate()
        server.wait()


def in_archive(folder, *command):
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    environment = os.environ | {"ARCHIVE_DATA": str(folder), "DATABASE_URL": "", "DEBUG": "1", "PYTHONPATH": paths}
    return subprocess.run(
        [sys.executable, *command], env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def served(folder):
    """Start the server as in production -> (its process, its port), when it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["-m", "gunicorn", "-c", "archive/serving.py", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    environment = os.environ | {"ARCHIVE_DATA": str(folder), "DATABASE_URL": "", "DEBUG": "1"}
    with Path(folder, LOG).open("w") as log:
        server = subprocess.Popen([sys.executable, *command, "archive.wsgi"], env=environment, cwd=ROOT, stderr=log)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return server, port
        except OSError:
            sleep(PAUSE)


def prepare():
    """Print, as JSON, a session of a curator, three organisations of a thousand mentions, and one of their mentions."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.models import Count
    from django.db.models.functions import Abs

    from interviews.models import Entity, Mention

    curator = get_user_model().objects.create_superuser("vera")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = curator.pk, "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = curator.get_session_auth_hash()
    session.create()
    far = Abs(Count("mentions") - MENTIONS)
    organisations = Entity.objects.of_kind("organisation").annotate(far=far).order_by("far", "pk")[:3]
    keys = {each.pk: list(Mention.objects.filter(entity=each).values_list("pk", flat=True)) for each in organisations}
    many, other, third = organisations
    turns = Mention.objects.filter(entity=other).values("turn")
    alone = many.mentions.exclude(turn__in=turns).values("turn").annotate(count=Count("pk")).filter(count=1)
    told = [{"pk": e.pk, "name": e.name, "slug": e.slug, "mentions": keys[e.pk]} for e in organisations]
    together = Mention.objects.filter(entity__in=[other, third]).values("turn").distinct().count()
    mention = many.mentions.get(turn=alone.order_by("turn").first()["turn"]).pk
    known = {"session": session.session_key, "organisations": told, "together": together, "mention": mention}
    print(json.dumps(known))


def processor_time(server):
    """Seconds of a processor that the workers of a server took by now."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    spent = (Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[11:13] for worker in workers)
    return sum(int(ticks) for both in spent for ticks in both) / os.sysconf("SC_CLK_TCK")


class Desk:
    """A curator and a reader at the two sides of one server. `known`: what `prepare` told."""

    def __init__(self, port, known):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = f"sessionid={known['session']}; csrftoken={TOKEN}"
        self.known = known

    def acts(self):
        """Yield (what is done, the function that does it and returns what readers see then, the longest it may take).

        What readers see is {slug of an organisation: number of answers that speak of it}.
        """
        many, other, third = self.known["organisations"]
        total = {each["slug"]: self.found(each) for each in (many, other, third)}

        def decided(verdict, changes, **more):
            self.post("mention/decide/", mention=self.known["mention"], verdict=verdict, **more)
            return {many["slug"]: total[many["slug"]] - changes, other["slug"]: total[other["slug"]] + bool(more)}

        def rejected_all():
            words = urlencode({"surface": many["name"], "entity": many["pk"], "state": "all"})
            for start in range(0, len(many["mentions"]), SHOWN_AT_ONCE):
                chosen = many["mentions"][start : start + SHOWN_AT_ONCE]
                self.post(f"mention/words/?{words}", chosen=chosen, verdict="reject")
            return {many["slug"]: 0}

        def undoing(acts=1):
            """The page that lists what can be undone is there before: not it is measured."""
            keys = self.last_acts(acts)
            return lambda: undone(keys)

        def undone(keys):
            for key in keys:
                self.post(f"curation/{key}/undo/")
            return total

        def looked_at_rule():
            rule = {"surface": many["name"], "verdict": "reject", "entity": many["name"]}
            page = self.post("rule/add/", **rule)
            self.seen = rule | {"previewed": html.unescape(PREVIEWED.search(page)[1]), "save": "1"}
            return {many["slug"]: total[many["slug"]]}

        def made_rule():
            self.post("rule/add/", **self.seen)
            return {many["slug"]: 0}

        def merged():
            self.post(f"entity/{other['pk']}/merge/", merged=third["name"], seen=third["pk"])
            return {other["slug"]: self.known["together"]}

        yield "a decision: reject", lambda: decided("reject", 1), SINGLE
        yield "its undoing", undoing(), SINGLE
        yield "a decision: another entity", lambda: decided("", 1, other=other["pk"]), SINGLE
        yield "its undoing", undoing(), SINGLE
        yield f"{len(many['mentions']):,} mentions rejected, in two forms", rejected_all, BULK
        yield "their undoing", undoing(acts=2), BULK
        yield f"the look at a rule about {len(many['mentions']):,} mentions", looked_at_rule, BULK
        yield "the rule", made_rule, BULK
        yield "its undoing", undoing(), BULK
        yield f"a merge that moves {len(third['mentions']):,} mentions", merged, BULK
        yield "its undoing", undoing(), BULK

    def timed(self, act):
        """Do an act -> seconds until the curator had the answer, and until readers saw it."""
        started = perf_counter()
        awaited = act()
        answered = perf_counter() - started
        while not all(self.shows(slug, count) for slug, count in awaited.items()):
            assert perf_counter() - started < LONGEST, f"{awaited} was not seen"
            sleep(PAUSE)
        return answered, perf_counter() - started

    def shows(self, slug, count):
        """Whether search, facet and page say so many answers."""
        organisation = {"slug": slug}
        if self.found(organisation) != count or self.facet(organisation) != count:
            return False
        status, page = self.get(f"/organisations/{slug}/")
        return f"{count:,} answers" in page if count else status != 200

    def found(self, organisation):
        return json.loads(self.get(f"/search/?organisation={organisation['slug']}&format=json")[1])["total"]

    def facet(self, organisation):
        """The number that the facet gives among all answers."""
        told = json.loads(self.get("/search/facets/organisation/?format=json")[1])
        return next((value["count"] for value in told["values"] if value["value"] == organisation["slug"]), 0)

    def last_acts(self, count):
        """The keys of the last acts that can be undone, as the review lists them."""
        _, page = self.ask("GET", "/admin/interviews/mention/review/", cookies=self.cookies)
        return list(dict.fromkeys(re.findall(r"/curation/(\d+)/undo/", page)))[:count]

    def get(self, address):
        """(status, page) as a reader has it, who is not signed in."""
        return self.ask("GET", address)

    def post(self, address, **fields):
        body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN}, doseq=True)
        status, page = self.ask("POST", f"/admin/interviews/{address}", body, cookies=self.cookies)
        assert status in (200, 302), (address, status)
        return page

    def ask(self, method, address, body=None, *, cookies=""):
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read().decode()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    if sys.argv[1:] == ["--prepare"]:
        prepare()
    else:
        main()
