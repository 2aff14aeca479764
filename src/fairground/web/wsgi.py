"""The door by which a web server enters the site.

The interface is PEP 3333; `fairground serve` gives it to waitress.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairground.web.settings")
application = get_wsgi_application()
