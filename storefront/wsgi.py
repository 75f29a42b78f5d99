"""What a WSGI server serves, as storefront.wsgi:app: any server can, from whatever folder."""

import gc

from storefront import create_app
from storefront.app import connections, readiness

app = create_app()
readiness.require(app)
connections.close(app)  # a server may fork its processes from this one
gc.freeze()  # the app is no rubbish: no request waits while it is looked through
