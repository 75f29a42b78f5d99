"""The shop under production settings, but for the sandbox's sender and mailbox at its ends.

As a module for the server it is the app; run, it is the worker.
"""

from storefront import create_app
from storefront.config.settings import Settings
from storefront.worker import loop

# the environment's, but for its kind: production refuses the sandbox
CHECKED = Settings(storefront_env="demo")
app = create_app(CHECKED.model_copy(update={"storefront_env": "production"}))

if __name__ == "__main__":
    loop.work(app)
