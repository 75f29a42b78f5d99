"""Convenience store chains where a number can be paid, and what to do at each one's counter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chain:
    code: str
    name: str
    name_en: str
    steps: tuple[str, ...]
    steps_en: tuple[str, ...]


AT_THE_COUNTER = (
    "この画面のバーコードをレジの店員に見せます。",
    "読み取れないときは、払込番号を伝えます。",
    "代金を支払い、領収書を受け取ります。",
)
AT_THE_COUNTER_EN = (
    "Show the bar code on this screen to the clerk.",
    "If it can't be read, tell them the payment number.",
    "Pay and take the receipt.",
)


def _machine(name: str, choice: str) -> tuple[str, ...]:
    return (
        f"店内の{name}で「{choice}」を選びます。",
        "払込番号を入力し、内容を確認して申込券を印刷します。",
        "30分以内に申込券をレジへ持っていき、代金を支払います。",
    )


def _machine_en(name: str) -> tuple[str, ...]:
    return (
        f"On the store's {name} machine, choose to pay with a number.",
        "Enter the payment number, check the details and print the slip.",
        "Take the slip to the register within 30 minutes and pay.",
    )


CHAINS = (
    Chain("seven", "セブン-イレブン", "7-Eleven", AT_THE_COUNTER, AT_THE_COUNTER_EN),
    Chain(
        "familymart",
        "ファミリーマート",
        "FamilyMart",
        _machine("マルチコピー機", "代金支払い"),
        _machine_en("multi-copy"),
    ),
    Chain(
        "lawson",
        "ローソン",
        "Lawson",
        _machine("Loppi", "各種番号をお持ちの方"),
        _machine_en("Loppi"),
    ),
    Chain(
        "ministop",
        "ミニストップ",
        "MINISTOP",
        _machine("MINISTOP Loppi", "各種番号をお持ちの方"),
        _machine_en("MINISTOP Loppi"),
    ),
    Chain("daily", "デイリーヤマザキ", "Daily Yamazaki", AT_THE_COUNTER, AT_THE_COUNTER_EN),
    Chain(
        "seicomart",
        "セイコーマート",
        "Seicomart",
        _machine("クラブステーション", "インターネット受付"),
        _machine_en("Club Station"),
    ),
)


def find(code: str | None) -> Chain | None:
    return next((one for one in CHAINS if one.code == code), None)
