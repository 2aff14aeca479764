"""The door by which a web server enters the site.

The interface is PEP 3333; `fairground serve` gives it to waitress. Every address is read before the first
visitor comes, so that nobody waits for it.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairground.web.settings")
application = get_wsgi_application()
addresses = len(get_resolver().url_patterns)
