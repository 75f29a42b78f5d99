"""What must stay between a shopper and the shop, and a search of everything the shop keeps."""

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

MARK, LATIN_MARK = "秘密", "himitsu"  # stand in each name and street, and in each mail address
LOG = "shop.log"
FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
TEN_DIGITS = re.compile(r"(?=(\d(?:[ ().-]?\d){9}))", re.ASCII)  # from each digit on
CODE = re.compile(r"(?<![0-9A-Za-z_.,:+-])\d{4}(?![0-9A-Za-z_.,:-])", re.ASCII)
NEAR_CODE = re.compile(
    r"(?:#|認証番号 |code=|code\W{1,5}|typed\W{1,5})(\d{4})(?![0-9A-Za-z])", re.ASCII
)
HARMLESS = {"at", "ms", "where", "row", "attempt", "status"}  # numbers of a log line


Plant = Callable[[Path], None]


@dataclass
class Secrets:
    """Everything that shoppers told the shop, and the codes it told them."""

    phones: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)  # of orders, and so of their addresses

    def new_shopper(self) -> dict[str, str]:
        """Entries of the order form, with a number as anybody may have it."""
        random = secrets.SystemRandom()
        kana = "".join(random.choices("アイウエオカキクケコサシスセソ", k=5))
        phone = f"0{random.choice('789')}0{random.randrange(10_000_000, 100_000_000)}"
        self.phones.add(phone)
        return {
            "tel": phone,
            "name": f"{MARK} {kana}",
            "street": f"{MARK}通り{kana}1-2-3",
            "email": f"{LATIN_MARK}.{secrets.token_hex(6)}@example.com",
        }


def found(folder: Path, told: Secrets) -> list[str]:
    """Every secret in the shop's folder: raw bytes, the log line by line, cell by cell."""
    log = read(folder / LOG)
    return [
        *(f"{path.name}: {one}" for path in files(folder) for one in in_text(read(path), told)),
        *(f"{LOG}: {one}" for one in [*codes_in_log(log, told), *tokens_in(log, told)]),
        *(f"database: {one}" for one in codes_in_cells(folder / "storefront.sqlite3", told)),
    ]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def in_text(text: str, told: Secrets) -> Iterator[str]:
    """Phones in any spelling, people, addresses of orders, and codes where a code would stand."""
    nationals = {phone[1:] for phone in told.phones}
    for at in TEN_DIGITS.finditer(text.translate(FULL_WIDTH)):
        digits = re.sub(r"\D", "", at[1])
        if digits in nationals:
            yield digits
    for mark in (MARK, json.dumps(MARK)[1:-1], quote(MARK), LATIN_MARK):
        if mark in text:
            yield mark
    yield from set(NEAR_CODE.findall(text)) & told.codes


def tokens_in(text: str, told: Secrets) -> list[str]:
    return [token for token in told.tokens if token in text]


def plants(told: Secrets) -> dict[str, "Plant"]:
    """One leak each, as a careless line of code would make it."""
    phone, code, token = min(told.phones), min(told.codes), min(told.tokens)
    typed = f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return {
        "a phone in a log": lambda folder: append(folder / LOG, f"no such number: {typed}"),
        "a phone in the queue": lambda folder: append(folder / "queue.sqlite3", f"+81{phone[1:]}"),
        "a name in a log": lambda folder: append(folder / LOG, json.dumps({"name": MARK})),
        "an address in a log": lambda folder: append(folder / LOG, f"/orders/{token}"),
        "a code in a log": lambda folder: append(folder / LOG, json.dumps({"event": f"no {code}"})),
        "a text in the write-ahead log": lambda folder: append(
            folder / "storefront.sqlite3-wal", f"@shop.example #{code}"
        ),
        "a code in a cell": lambda folder: write(folder, "UPDATE outbox SET kind = ?", code),
        "answers in a cell": lambda folder: write(
            folder, "UPDATE orders SET customer = ?", json.dumps({"name": MARK}).encode()
        ),
    }


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(f"\n{text}\n")


def write(folder: Path, statement: str, value: object) -> None:
    with closing(sqlite3.connect(folder / "storefront.sqlite3")) as database, database:
        database.execute(statement, [value])


def codes_in_log(log: str, told: Secrets) -> Iterator[str]:
    for line in log.splitlines():
        try:
            known = {key: one for key, one in json.loads(line).items() if key not in HARMLESS}
            line = json.dumps(known, ensure_ascii=False)
        except ValueError:
            line = re.sub(r"line \d+", "", line)
        yield from told.codes & set(CODE.findall(line))


def codes_in_cells(file: Path, told: Secrets) -> Iterator[str]:
    """A code that stands for itself in a cell of words; sealed cells are no text."""
    with closing(sqlite3.connect(file)) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # its own name
                for cell in texts(row):
                    yield from (f"{table}: {code}" for code in told.codes & set(CODE.findall(cell)))


def texts(row: Iterable[object]) -> Iterator[str]:
    for cell in row:
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, bytes):
            try:
                yield cell.decode()
            except UnicodeDecodeError:
                continue
