"""Reading Yamato's answers: small flat XML, believed only when it is whole and about our order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 64 * 1024  # bytes; a real answer has a few hundred
ERROR_CODE = re.compile(r"[0-9A-Za-z]{0,16}")


class Unreadable(Exception):
    """What came back is no answer: the outcome of the request is unknown."""


@dataclass(frozen=True, repr=False)
class Answer:
    """error_code is None for a request that was done; both are text as Yamato wrote it."""

    error_code: str | None
    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """The text of an element, empty where it is missing."""
        return self.fields.get(name, "")

    @property
    def result(self) -> str:
        """The text of the element result."""
        return self.text("result")


def read(body: bytes) -> Answer:
    """The children of the root, whatever it is called and whatever type was announced."""
    fields = _fields(_root(body))
    match fields.get("returnCode"):
        case "0":
            return Answer(None, fields)
        case "1":
            return Answer(_error_code(fields), fields)
    raise Unreadable("The answer tells neither success nor failure")


def belongs(answer: Answer, merchant_code: str, order_number: str) -> bool:
    """Whether the answer is to this merchant's order; an answer that names neither is taken for
    it."""
    echoes = {"ycfStrCode": merchant_code, "orderNo": order_number}
    return all(answer.text(name) in ("", sent) for name, sent in echoes.items())


def _root(body: bytes) -> Element:
    if len(body) > LARGEST:
        raise Unreadable("The answer is too large")
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # the parser's own words may quote the answer
        raise Unreadable(f"The answer is no XML: {type(error).__name__}") from None


def _fields(root: Element) -> dict[str, str]:
    fields = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in root}
    if len(fields) < len(root):
        raise Unreadable("The answer says one thing twice")
    return fields


def _error_code(fields: Mapping[str, str]) -> str:
    code = fields.get("errorCode", "")
    if not ERROR_CODE.fullmatch(code):
        raise Unreadable("The error code is none")
    return code
