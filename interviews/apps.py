from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"
    verbose_name = "Archive"

    def ready(self):
        from interviews.search.index import checks  # noqa: F401, PLC0415 - registers the checks once the models are loaded
