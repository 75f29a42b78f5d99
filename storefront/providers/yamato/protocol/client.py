"""The client of Yamato's API: one method for each request, which is sent once."""

from collections.abc import Callable, Mapping

import structlog

from storefront.providers.yamato.protocol.amendments import Reduction, Reissue, Withdrawal
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.field_errors import Invalid
from storefront.providers.yamato.protocol.inquiries import CodeCheck, Enquiry
from storefront.providers.yamato.protocol.messages import Api, Merchant, Message, masked
from storefront.providers.yamato.protocol.registration import Registration
from storefront.providers.yamato.protocol.responses import Answer, Unreadable, belongs, read
from storefront.providers.yamato.protocol.results import (
    SENT,
    SMS_SEND,
    VERDICTS_OF_ERRORS,
    CodeJudgement,
    Credit,
    CreditResult,
    CreditStatus,
    PrintData,
    StatusReply,
    StatusWarning,
    print_data,
)
from storefront.providers.yamato.protocol.shipments import Shipment
from storefront.providers.yamato.protocol.transport import (
    SHOPPERS,
    HttpLine,
    Reply,
    Timeout,
    Transport,
)

log = structlog.get_logger(__name__)

Recorder = Callable[[Api, str, Mapping[str, str], str], None]


def keep_no_record(
    api: Api, order_number: str, masked_fields: Mapping[str, str], outcome: str
) -> None:
    """A recorder that keeps nothing, for use without the call log."""
    pass


class Client:
    """Every method raises Invalid before anything is sent, or else NotAsked, NoAnswer or Refused.

    Each request that was tried goes to the recorder with its masked fields and its outcome.
    """

    def __init__(
        self,
        base_url: str,
        merchant: Merchant,
        record: Recorder = keep_no_record,
        patience: Timeout = SHOPPERS,
        transport: Transport | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.merchant = merchant
        self.record = record
        self.patience = patience
        self.transport = transport or HttpLine()

    def apply(self, registration: Registration) -> Credit:
        """KAARA0010, with what it says about the text that carries the code."""
        answer = self._ask(registration)
        return Credit(CreditResult(answer.result), SENT.get(answer.text(SMS_SEND)))

    def register(self, registration: Registration) -> CreditResult:
        """KAARA0010."""
        return self.apply(registration).result

    def verify_code(self, order_number: str, typed: str) -> CodeJudgement:
        """KAASA0020; a wrong, expired or locked code is an error code there, which counts as a
        judgement."""
        try:
            return CodeJudgement(self._ask(CodeCheck(order_number, typed)).result)
        except Refused as refusal:
            if verdict := VERDICTS_OF_ERRORS.get(refusal.code.lower()):
                return verdict
            raise

    def credit_result(self, order_number: str) -> CreditResult:
        """KAARS0010."""
        return CreditResult(self._ask(Enquiry(Api.CREDIT_RESULT, order_number)).result)

    def status(self, order_number: str) -> StatusReply:
        """KAAST0010."""
        answer = self._ask(Enquiry(Api.STATUS, order_number))
        return StatusReply(CreditStatus(answer.result), StatusWarning(answer.text("warning")))

    def cancel(self, order_number: str) -> None:
        """KAACL0010."""
        self._ask(Enquiry(Api.CANCEL, order_number))

    def ship(self, shipment: Shipment) -> None:
        """KAASL0010."""
        self._ask(shipment)

    def reduce_amount(self, reduction: Reduction) -> None:
        """KAAKK0010."""
        self._ask(reduction)

    def reissue(self, message: Reissue | Withdrawal) -> str:
        """KAARR0010; gives Yamato's automatic judgement, whose values are not documented."""
        return self._ask(message).text("reissueCode")

    def print_data(self, order_number: str) -> PrintData:
        """KAASD0010."""
        return print_data(self._ask(Enquiry(Api.PRINT_DATA, order_number)).fields)

    def _ask(self, message: Message) -> Answer:
        if problems := message.problems():
            raise Invalid(problems)
        fields = message.fields(self.merchant)
        try:
            answer = self._answer(message, fields)
        except (NotAsked, NoAnswer) as failure:
            self._keep(message, fields, f"{type(failure).__name__}: {failure}")
            raise
        self._keep(message, fields, _outcome(answer))
        if answer.error_code is not None:
            raise Refused(answer.error_code)
        return answer

    def _answer(self, message: Message, fields: Mapping[str, str]) -> Answer:
        url = f"{self.base_url}/{message.api}APIAction_execute.action"
        reply = self.transport.post(url, fields, self.patience)
        try:
            answer = _read(reply)
        except Unreadable as failure:
            raise NoAnswer(str(failure), was_heard=True) from failure
        if not belongs(answer, self.merchant.code, message.order_number):
            raise NoAnswer("The answer is about another order", was_heard=True)
        return answer

    def _keep(self, message: Message, fields: Mapping[str, str], outcome: str) -> None:
        api, reference = message.api, message.order_number
        log.info("yamato_request_ended", api=api, reference=reference, outcome=outcome)
        self.record(api, reference, masked(fields), outcome)


def _read(reply: Reply) -> Answer:
    if reply.status != 200:
        raise Unreadable(f"HTTP {reply.status}")
    return read(reply.body)


def _outcome(answer: Answer) -> str:
    """For the call log; what Yamato may write there is bounded."""
    if answer.error_code is not None:
        return f"error {answer.error_code}"
    return f"result {answer.result[:4]}" if answer.result.isdigit() else "done"
