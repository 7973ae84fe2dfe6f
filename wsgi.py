"""The WSGI entry."""

import os
import sys

from app import create_app
from app.foundation.schema import SchemaError, require_current_schema
from config import ConfigurationError

try:
    app = create_app()
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        # Commands may work on an older schema (that is how it is brought up to date); a server may not.
        require_current_schema(app)
except (ConfigurationError, SchemaError) as error:
    print(error, file=sys.stderr)
    raise SystemExit(3) from None  # with 3 gunicorn stops; after any other number it would try for ever
