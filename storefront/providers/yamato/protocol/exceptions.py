"""How a request to Yamato can end other than well, by what the caller does next."""

from storefront.providers.yamato.protocol.error_codes import Fault, fault_of


class NotAsked(Exception):
    """No connection was made, so Yamato knows nothing of the request: it may be sent again."""


class NoPlace(NotAsked):
    """Too many requests to Yamato are under way: say at once that it has to wait."""


class NoAnswer(Exception):
    """Yamato may have done it or not: enquire by the same order number before anything else.

    was_heard says that something came back, even if unreadable, so that the request is no longer on
    its way.
    """

    def __init__(self, reason: str = "", *, was_heard: bool = False) -> None:
        super().__init__(reason)
        self.was_heard = was_heard


class Refused(Exception):
    """Yamato answered that it did not do it; the fault says what would help."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def fault(self) -> Fault:
        """What would help."""
        return fault_of(self.code)
