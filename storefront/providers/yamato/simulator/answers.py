"""What a call is answered, and its bytes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.etree.ElementTree import Element, SubElement, tostring

from storefront.core import clock

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(Exception):
    """The call is answered with an error: its three digits."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class Manner(Enum):
    """How an answer goes out, or fails to."""

    PLAIN = "plain"
    SILENT = "silent"
    RUBBISH = "rubbish"
    DOWN = "down"


@dataclass(frozen=True)
class Answer:
    """An empty error is success; parts are the elements that only this API has, in order."""

    error: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = Manner.PLAIN


def result(value: str) -> Answer:
    return Answer(parts={"result": value})


def xml(answer: Answer, fields: Mapping[str, str]) -> bytes:
    """The flat document of every answer; Yamato's own moment stands in requestDate, in Japan."""
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
