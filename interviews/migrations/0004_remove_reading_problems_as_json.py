from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_problems_as_rows")]

    operations = [migrations.RemoveField(model_name="reading", name="problems_as_json")]
