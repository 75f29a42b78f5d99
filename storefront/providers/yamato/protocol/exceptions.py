"""How a request to Yamato can end other than well, by what the caller does next."""

from storefront.providers.yamato.protocol.error_codes import Fault, fault_of


class NotAsked(Exception):
    """No connection came about, so Yamato knows of nothing; the same may be sent again."""


class NoPlace(NotAsked):
    """Too many requests hang at Yamato already; who waits is better told so at once."""


class NoAnswer(Exception):
    """Yamato may have done it or not; enquire by the same order number before anything else.

    was_heard: something came back, though it says nothing, so no request is on its way any more.
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
        return fault_of(self.code)
