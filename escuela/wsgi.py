"""La puerta por la que entra gunicorn (o waitress)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escuela.settings")

application = get_wsgi_application()
