"""What a WSGI server serves: any server can."""

from storefront import create_app

app = create_app()
