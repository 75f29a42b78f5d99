"""Who walks through the gallery: the phone numbers and mail addresses that a visitor types."""

from dataclasses import dataclass

EMAIL = "taro@example.com"


@dataclass(frozen=True)
class Customer:
    """block stands before a sandbox number's ending; capped is an ordinary phone, whose texts are
    counted; tag tells the mail addresses of several customers apart."""

    block: str = "090-0000"
    capped: str = "080-1002-5678"
    tag: str = ""

    def number(self, ending: str) -> str:
        """The phone number that makes a scenario of the sandbox happen."""
        return f"{self.block}-{ending}"

    def email(self, address: str = EMAIL) -> str:
        name, _at, host = address.partition("@")
        return f"{name}-{self.tag}@{host}" if self.tag else address
