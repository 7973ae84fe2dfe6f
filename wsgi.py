"""The WSGI entry."""

import gc
import os
import sys

# What an application is made of lives as long as its process. Looking through it for garbage would take a
# third of the start, and every full collection afterwards would look through it again.
gc.disable()

from app import create_app  # noqa: E402 - after the line above
from app.foundation.schema import SchemaError, require_current_schema  # noqa: E402 - likewise
from config import ConfigurationError  # noqa: E402 - likewise

try:
    app = create_app()
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        # Commands may work on an older schema (that is how it is brought up to date); a server may not.
        require_current_schema(app)
except (ConfigurationError, SchemaError) as error:
    print(error, file=sys.stderr)
    raise SystemExit(3) from None  # with 3 gunicorn stops; after any other number it would try for ever

gc.freeze()
gc.enable()
