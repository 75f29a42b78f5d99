"""What a call is answered, and the XML that carries it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.etree.ElementTree import Element, SubElement, tostring

from storefront.core import clock

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(Exception):
    """The call is answered with this error, the last three digits of its error code."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class Manner(Enum):
    """How an answer is sent: as it should be, not at all, unreadable, or as a server's error before
    the request was looked at."""

    PLAIN = "plain"
    SILENT = "silent"
    RUBBISH = "rubbish"
    DOWN = "down"


@dataclass(frozen=True)
class Answer:
    """error is a whole error code such as kaara009E, empty for success; parts are the elements that
    only this API has, in order."""

    error: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = Manner.PLAIN


def result(value: str) -> Answer:
    """A success whose element result has this value."""
    return Answer(parts={"result": value})


def xml(answer: Answer, fields: Mapping[str, str]) -> bytes:
    """The answer as XML, with the fields that it repeats and the time in Japan (requestDate)."""
    root = Element("return")
    elements = {
        "requestDate": f"{clock.now().astimezone(clock.JAPAN):%Y%m%d%H%M%S}",
        "ycfStrCode": fields.get("ycfStrCode", ""),
        "orderNo": fields.get("orderNo", ""),
        "returnCode": "1" if answer.error else "0",
        "errorCode": answer.error,
        **answer.parts,
    }
    for name, value in elements.items():
        SubElement(root, name).text = NOT_IN_XML.sub("", value)
    return tostring(root, encoding="UTF-8", xml_declaration=True)
