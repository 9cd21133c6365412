"""manage.py make_roles: the groups Curators, Editors and Administrators, with what each may do."""

from django.core.management.base import BaseCommand, CommandError

from interviews.roles import make_roles


class Command(BaseCommand):
    help = "Make the roles Curators, Editors and Administrators, or bring them back to what each may do."

    def handle(self, **options):
        try:
            roles = make_roles()
        except LookupError as problem:
            raise CommandError(str(problem)) from problem
        for group, is_new in roles:
            if is_new or options["verbosity"] > 1:
                self.stdout.write(f"{group}: {'made' if is_new else 'as it should be'}")
