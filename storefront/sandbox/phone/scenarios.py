"""What each number 090-0000-NNNN makes the shop's own senders and codes do."""

import re
from dataclasses import dataclass

from storefront.ports.failure_reasons import FailureReason

OWN, YAMATO = "own", "yamato"  # who judges a code
NUMBERS = "0900000"
OF_ALL = re.compile(r"(?:0900000|0700\d{3})(\d{4})", re.ASCII)  # 070-0WWW-NNNN does the same


@dataclass(frozen=True)
class Scenario:
    """The last four digits of a number, and what a tester and a program read about it.

    reason is that of the failed check to which the number leads, and reason_at_yamato the same
    where Yamato judges the code; is_texted, whether a code reaches the phone.
    """

    ending: str
    happens: str
    happens_en: str
    leads_to: str
    leads_to_en: str
    opens_code_entry: bool = True  # so that its number is of use on that screen
    reason: FailureReason | None = None
    reason_at_yamato: FailureReason | None = None
    is_texted: bool = True

    @property
    def number(self) -> str:
        """The whole number, in national digits."""
        return NUMBERS + self.ending

    def reason_by(self, verifier: str) -> FailureReason | None:
        """Why a check of this number fails, by who judges the code; None where none does."""
        return self.reason_at_yamato or self.reason if verifier == YAMATO else self.reason


ENTRY, ENTRY_EN = "認証番号の入力へ進む", "Goes on to code entry"

SCENARIOS = (
    Scenario(
        "0000",
        "すぐに届く。認証番号は 1234",
        "Arrives at once; the code is 1234",
        ENTRY,
        ENTRY_EN,
    ),
    Scenario(
        "0001",
        "すぐに届くが、どの番号も違うと判定される",
        "Arrives at once, but every code is judged wrong",
        "3回目の間違いで NG「locked」",
        "NG “locked” at the third wrong code",
        reason=FailureReason.LOCKED,
    ),
    Scenario(
        "0002",
        "すぐに届くが、認証番号はもう期限切れ",
        "Arrives at once, but the code has already expired",
        "期限切れの表示。再送しても期限切れ",
        "“Expired”, after a resend too",
    ),
    Scenario(
        "0003",
        "受け付けられ、2秒後に不達と知らされる",
        "Accepted, reported undelivered 2 seconds later",
        "2秒後に NG「undelivered」",
        "NG “undelivered” after 2 seconds",
        reason=FailureReason.UNDELIVERED,
        is_texted=False,
    ),
    Scenario(
        "0004",
        "断られる: 存在しない番号",
        "Refused: no such number",
        "NG「refused」",
        "NG “refused”",
        opens_code_entry=False,
        reason=FailureReason.REFUSED,
        reason_at_yamato=FailureReason.UNDELIVERED,
        is_texted=False,
    ),
    Scenario(
        "0005",
        "断られる: SMSを受け取れない番号",
        "Refused: cannot receive SMS",
        "NG「refused」",
        "NG “refused”",
        opens_code_entry=False,
        reason=FailureReason.REFUSED,
        reason_at_yamato=FailureReason.UNDELIVERED,
        is_texted=False,
    ),
    Scenario(
        "0006",
        "すぐに届く。認証番号は 1234。1回の間違いで締め切り",
        "Arrives at once; the code is 1234; the first wrong one locks",
        "1回目の間違いで NG「locked」",
        "NG “locked” at the first wrong code",
        reason=FailureReason.LOCKED,
    ),
    Scenario(
        "0007",
        "どの送信元も 429 (60秒後に再試行) を返す",
        "Every sender answers 429, Retry-After 60",
        "NG「unavailable」",
        "NG “unavailable”",
        opens_code_entry=False,
        reason=FailureReason.UNAVAILABLE,
        is_texted=False,
    ),
    Scenario(
        "0008",
        "1つ目の送信元が停止中 (503)",
        "The first sender is down (503)",
        "送信元が1つなら NG「unavailable」、2つなら2つ目が送る",
        "One sender: NG “unavailable”; two: the second one sends",
        opens_code_entry=False,
        reason=FailureReason.UNAVAILABLE,
        is_texted=False,
    ),
    Scenario(
        "0009",
        "20秒後に届く。認証番号は 1234",
        "Arrives after 20 seconds; the code is 1234",
        ENTRY,
        ENTRY_EN,
    ),
    Scenario(
        "0010",
        "送信元が応答せず、5秒で打ち切る。SMSは届かない",
        "The sender hangs, we stop waiting after 5 seconds; no text ever comes",
        "「送れたか確認できていません」と表示",
        "“We could not confirm that the text was sent”",
        is_texted=False,
    ),
    Scenario(
        "0040",
        "すぐに届く。認証番号は 0042",
        "Arrives at once; the code is 0042",
        ENTRY,
        ENTRY_EN,
    ),
    Scenario(
        "0041",
        "すぐに届く。認証番号は 0000",
        "Arrives at once; the code is 0000",
        ENTRY,
        ENTRY_EN,
    ),
)
ENDINGS = frozenset(scenario.ending for scenario in SCENARIOS)


def ending(phone: str) -> str:
    """The last four digits of a sandbox number in national digits, empty for any other."""
    found = OF_ALL.fullmatch(phone)
    return found[1] if found else ""
