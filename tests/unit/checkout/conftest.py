import pytest
from flask.testing import FlaskClient

from storefront.testing.form_shopper import FormShopper, QuickFormShopper


@pytest.fixture
def shopper(client: FlaskClient) -> FormShopper:
    return QuickFormShopper(client)
