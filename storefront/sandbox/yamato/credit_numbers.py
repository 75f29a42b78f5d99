"""What each number 090-0000-NNNN makes Yamato do, and where that differs from the shop's own
codes."""

from storefront.ports.failure_reasons import FailureReason
from storefront.sandbox.phone.scenarios import Scenario

CREDIT = (
    Scenario(
        "0020",
        "認証番号なしで承認",
        "Approved without a code",
        "確認画面へ戻り、ボタンは［注文を確定する］",
        "Back to the confirmation, its button now places",
        opens_code_entry=False,
        is_texted=False,
    ),
    Scenario(
        "0021",
        "審査で断られる",
        "Credit refused",
        "NG「credit」",
        "NG “credit”",
        opens_code_entry=False,
        reason=FailureReason.CREDIT,
        is_texted=False,
    ),
    Scenario(
        "0022",
        "限度額を超える",
        "Over the limit",
        "NG「limit」",
        "NG “limit”",
        opens_code_entry=False,
        reason=FailureReason.LIMIT,
        is_texted=False,
    ),
    Scenario(
        "0023",
        "審査中のまま、SMSは来ない。下の［審査の結果］で決まる",
        "Under examination, no text; a notice below decides",
        "認証番号の入力(結果を確認中)",
        "Code entry, unknown",
        is_texted=False,
    ),
    Scenario(
        "0024",
        "ヤマトが何も答えない",
        "Yamato does not answer, enquiries neither",
        "約12秒で確認中、5回の照会で NG「unanswered」",
        "Unknown after 12 s; NG “unanswered” after five enquiries",
        opens_code_entry=False,
        reason=FailureReason.UNANSWERED,
        is_texted=False,
    ),
    Scenario(
        "0025",
        "ヤマトがでたらめを答える",
        "Yamato answers rubbish",
        "すぐに確認中、5回の照会で NG「unanswered」",
        "Unknown at once; NG “unanswered” after five enquiries",
        opens_code_entry=False,
        reason=FailureReason.UNANSWERED,
        is_texted=False,
    ),
    Scenario(
        "0026",
        "14秒後に承認され、SMSが届く。認証番号は 1234",
        "Accepted after 14 seconds (of the host's clock), then the text; the code is 1234",
        "約10秒で確認中、承認が分かると認証番号の入力。60秒たっても届かなければ NG「unavailable」",
        "Unknown after 10 s; code entry once it is known; NG “unavailable” if nothing came in 60 s",
    ),
    Scenario(
        "0030",
        "支払いリンクが届いた日に支払う",
        "Pays on the day the link arrives",
        "お届け後すぐ「支払い済み」",
        "Paid right after delivery",
    ),
    Scenario(
        "0031",
        "支払わない",
        "Never pays",
        "期限の翌日「期限切れ」",
        "Overdue the day after the last",
    ),
    Scenario(
        "0032",
        "支払いのSMSは届かず、メールは届く",
        "The payment SMS bounces, the mail arrives",
        "メールのリンクから支払う",
        "Pays by the link of the mail",
    ),
)
DIFFERS = (
    "ヤマトが認証する間は: 認証番号は3分有効、再送は新しい番号。0004・0005 は入力画面のあとで"
    "NG「undelivered」。0007・0008 は NG「unavailable」。0010 は約10秒で入力画面(確認中)。"
)
DIFFERS_EN = (
    "While Yamato judges: a code lives 3 minutes, a resend brings a new one; 0004 and 0005 show "
    "code entry first, then NG “undelivered”; 0007 and 0008 NG “unavailable”; 0010 code entry "
    "(unknown) after about 10 s."
)
