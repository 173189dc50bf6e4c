"""The full-text index over SearchEntry: a table of FTS5 kept by triggers on SQLite, a generated column with a GIN index on
PostgreSQL.

On SQLite, Django alters a table by making it anew, which drops its triggers: a later migration that alters SearchEntry
runs drop_index before and make_index after, and `manage.py reindex` fills it.
"""

from django.db import migrations

from courses.search.engines import drop_index, make_index


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make_index, drop_index),
    ]
