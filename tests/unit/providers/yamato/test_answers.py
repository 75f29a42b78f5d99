import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.providers.yamato.protocol.messages import SendDivision
from storefront.providers.yamato.protocol.responses import (
    LARGEST,
    Answer,
    Unreadable,
    belongs,
    read,
)
from storefront.providers.yamato.protocol.results import (
    CodeJudgement,
    CreditDecision,
    CreditResult,
    CreditStatus,
    StatusWarning,
    decide,
    print_data,
)
from tests.unit.providers.yamato.fake_yamato import xml

GOOD = xml(
    requestDate="20261125120405",
    ycfStrCode="12345678901",
    orderNo="A-1001-1",
    returnCode="0",
    errorCode="",
    result="3",
)
BOMB = b"""<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]>
<r><returnCode>0</returnCode><result>&c;</result></r>"""
OUTSIDE = b"""<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<r><returnCode>0</returnCode><result>&a;</result></r>"""


def test_a_good_answer_is_read() -> None:
    answer = read(GOOD)

    assert (answer.error_code, answer.result) == (None, "3")


@pytest.mark.parametrize("root", ["return", "ns:Ergebnis xmlns:ns='urn:x'", "r xmlns='urn:y'"])
def test_the_name_of_the_root_says_nothing(root: str) -> None:
    name = root.split()[0]

    answer = read(f"<{root}><returnCode> 0 </returnCode><result>0</result></{name}>".encode())

    assert answer.result == "0"


def test_a_refusal_needs_no_result() -> None:
    assert read(xml(returnCode="1", errorCode="KAARA009E")).error_code == "KAARA009E"


def test_a_refusal_without_a_code_is_a_refusal() -> None:
    assert read(xml(returnCode="1")).error_code == ""


def test_only_the_children_of_the_root_are_read() -> None:
    body = b"<r><returnCode>0</returnCode><more><result>0</result></more></r>"

    assert read(body).result == ""


def test_an_answer_in_the_encoding_that_it_announces_is_read() -> None:
    text = GOOD.decode().replace("UTF-8", "UTF-16")

    assert read(text.encode("utf-16")).result == "3"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"OK",
        b"\xff\xfe\x00",
        b"<html><body>503</body></html>",
        b"<r></r>",
        xml(result="0"),
        xml(returnCode="00", result="0"),
        xml(returnCode="", result="0"),
        xml(returnCode="true", result="0"),
        xml(returnCode="1", errorCode="パスワードが違います"),
        xml(returnCode="1", errorCode="k" * 17),
        b"<r><returnCode>0</returnCode><returnCode>1</returnCode></r>",
        b"<r><returnCode>0</returnCode><result>0</result><result>1</result></r>",
        GOOD + b"<r/>",
        GOOD.replace(b"UTF-8", b"no-such-encoding"),
        GOOD.replace(b"UTF-8", b"Shift_JIS"),
        GOOD.replace(b"A-1001-1", "注文".encode("cp932")),
        GOOD.decode().encode("utf-16"),
        BOMB,
        OUTSIDE,
        b"<!DOCTYPE return>" + xml(returnCode="0", result="0").split(b"\n")[1],
        b"<a>" * 20_000,
        b"<r>" + b" " * LARGEST + b"<returnCode>0</returnCode></r>",
        b"<r>" + b"<a>1</a>" * 1_000_000,
    ],
    ids=lambda body: body[:40].decode("ascii", "replace"),
)
def test_anything_else_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@given(st.integers(min_value=0, max_value=len(GOOD) - 1))
def test_a_truncated_answer_is_unreadable(length: int) -> None:
    with pytest.raises(Unreadable):
        read(GOOD[:length])


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=8)).map(
        lambda cut: GOOD[: cut[0]] + cut[1] + GOOD[cut[0] :]
    )
)
def test_hostile_bytes_are_an_answer_or_unreadable(body: bytes) -> None:
    try:
        answer = read(body)
    except Unreadable:
        return

    assert isinstance(answer, Answer)
    assert answer.fields["returnCode"] in ("0", "1")


def test_an_answer_belongs_to_the_request_it_echoes() -> None:
    answer = read(GOOD)

    assert belongs(answer, "12345678901", "A-1001-1")
    assert not belongs(answer, "12345678901", "A-1001-2")
    assert not belongs(answer, "99999999999", "A-1001-1")


def test_an_answer_that_echoes_nothing_is_taken_as_ours() -> None:
    assert belongs(read(xml(returnCode="0", orderNo="")), "12345678901", "A-1001-1")


@pytest.mark.parametrize("codes", [CreditResult, CodeJudgement, CreditStatus, StatusWarning])
@pytest.mark.parametrize("text", ["", "99", "03", "٣", "-1", "0 ", "None"])
def test_a_result_that_is_not_in_the_table_is_unknown(
    codes: "type[CreditStatus]", text: str
) -> None:
    assert codes(text) == codes.UNKNOWN


@pytest.mark.parametrize(
    ("result", "smartphone", "others"),
    [
        ("0", CreditDecision.APPROVED, CreditDecision.APPROVED),
        ("1", CreditDecision.REFUSED, CreditDecision.REFUSED),
        ("2", CreditDecision.OVER_LIMIT, CreditDecision.OVER_LIMIT),
        ("3", CreditDecision.CODE_WANTED, CreditDecision.REFUSED),
        ("4", CreditDecision.UNKNOWN, CreditDecision.UNKNOWN),
        ("", CreditDecision.UNKNOWN, CreditDecision.UNKNOWN),
    ],
)
def test_what_a_credit_result_lets_the_shop_do(
    result: str, smartphone: CreditDecision, others: CreditDecision
) -> None:
    assert decide(CreditResult(result), SendDivision.SMARTPHONE) == smartphone
    for division in set(SendDivision) - {SendDivision.SMARTPHONE}:
        assert decide(CreditResult(result), division) == others


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("1", CreditStatus.APPROVED),
        ("2", CreditStatus.CANCELLED),
        ("3", CreditStatus.SLIP_REGISTERED),
        ("5", CreditStatus.DELIVERY_IN_DOUBT),
        ("6", CreditStatus.WARNING_SENT),
        ("10", CreditStatus.SALES_FIXED),
        ("11", CreditStatus.INVOICE_ISSUED),
        ("12", CreditStatus.PAID),
        ("30", CreditStatus.EXAMINING),
        ("31", CreditStatus.NOT_VERIFIED),
        ("32", CreditStatus.IMPOSSIBLE),
        ("4", CreditStatus.UNKNOWN),
    ],
)
def test_the_status_of_a_transaction(text: str, status: CreditStatus) -> None:
    assert CreditStatus(text) == status


def test_print_data_are_texts_and_lines_in_order() -> None:
    items = {f"itemName{number}": f"品{number}" for number in (10, 2, 1)}

    data = print_data({"claimSum": "1080", "barCode": "0012", "itemName3": "", **items})

    assert data.texts["claimSum"] == "1080"
    assert data.texts["barCode"] == "0012"
    assert data.texts["maturity"] == ""
    assert [line.name for line in data.lines] == ["品1", "品2", "品10"]
