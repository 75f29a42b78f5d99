"""What a WSGI server serves, as storefront.wsgi:app: any server can, from whatever folder."""

from storefront import create_app
from storefront.app import readiness

app = create_app()
readiness.require(app)
