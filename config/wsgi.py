import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What was made on the way here stays: the garbage collector need not look through all of it again and again.
gc.collect()
gc.freeze()
