"""The owner, who does what docs/owners.md says, chapter by chapter."""

import time

import pyotp

from tests.photographs import photograph
from tests.unit.opening.person import TICK, Person, Upload

EMAIL, PASSWORD = "hana@shop.example.jp", "rhubarb lantern 42"
SHOP = "花の茶屋"
PROFILE = {
    "店名": SHOP,
    "販売業者": "株式会社花の茶屋",
    "運営統括責任者": "花田 花",
    "所在地": "京都府宇治市宇治1-2-3",
    "電話番号": "0774-12-3456",
    "受付時間": "平日 10時〜17時",
    "メールアドレス": EMAIL,
    "キャンセル・返品の条件": "到着後8日以内にご連絡ください。送料はお客さまのご負担です。",
}
ACCOUNT = "宇治中央銀行 本店 普通 7654321 カ)ハナノチャヤ"
WAY_TO_PAY = f"ご注文日から{{days}}日以内に、次の口座へお振込みください。\n{ACCOUNT}"
PATIENCE = 30  # seconds for what the worker does


class Owner(Person):
    def sign_in_for_the_first_time(self) -> None:
        self.open("/admin/")
        self.press("次へ", {"メールアドレス": EMAIL, "パスワード": PASSWORD})
        secret = self.page.by_testid("app-secret").text.replace(" ", "")
        self.press("登録する", {"確認コード": pyotp.TOTP(secret).now()})
        self.press("復旧コードを作る").follow("保管しました")

    def tell_of_the_shop(self) -> None:
        self.follow("店舗情報").press("登録", PROFILE)

    def deliver(self) -> None:
        terms = {"配送方法の名前": "宅急便", "記号": "parcel", "基本料金(税込)": "660"}
        self.follow("配送").follow("新規登録")
        self.press("登録", {**terms, "発送までの日数": "2", "公開": TICK})

    def put_a_tea_on_the_shelf(self) -> None:
        self.follow("商品").follow("カテゴリー")
        self.press("登録", {"カテゴリー名": "お茶", "カテゴリーコード": "tea"})
        tea = {"商品名": "宇治煎茶", "商品コード": "uji-sencha", "カテゴリー": "お茶"}
        price = {"価格(税込)": "1080", "在庫": "100"}
        self.follow("商品").follow("新規登録")
        self.press("登録", {**tea, **price, "8%(軽減税率)": TICK, "公開": TICK})
        picture = Upload("tea.jpg", photograph(size=(1600, 1200)))
        self.follow("写真").press("追加する", {"写真のファイル": picture, "写真の説明": "煎茶の葉"})

    def take_payments(self) -> None:
        self.follow("お支払い方法").press("新規登録", {"追加する種類": "銀行振込(前払い)"})
        self.press("登録", {"お支払いのご案内(注文の完了後)": WAY_TO_PAY, "公開": TICK})
        self.follow("お支払い方法").press("新規登録", {"追加する種類": "代金引換"})
        self.press("登録", {"手数料(税込)": "330", "非公開": TICK})
        self.press("公開する", among="代金引換")

    def open_the_shop(self) -> None:
        self.follow("店舗情報").follow("特定商取引法の表示と開店")
        self.press("お店を開ける").sees("お店を開けました")

    def find(self, number: str) -> None:
        self.follow("注文").pick(number)

    def ship(self, number: str, parcel: int) -> None:
        """parcel: eleven digits, which the last one of a tracking number checks."""
        self.find(number)
        self.press("発送する", {"送り状番号": f"{parcel}{parcel % 7}"}).sees("発送済み")

    def load_goods(self, file: bytes) -> None:
        """The worker checks the rows, and takes them over, while the owner looks at the page."""
        self.follow("商品").follow("CSVで書き出し・取り込み")
        self.press("確かめる", {"CSVファイル": Upload("goods.csv", file)})
        self._look_until("取り込む")
        self.press("取り込む")
        self._look_until("取り込みが終わりました")

    def ask_for_a_code(self, method: str) -> None:
        """From now on whoever chooses the method proves a phone."""
        self.follow("お支払い方法").pick(f"編集{method}")
        self.press("登録", {"する": TICK})

    def _look_until(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words not in self.page.one("main").text:
            assert time.monotonic() < end, self.page.one("main").text
            time.sleep(0.2)
            self.open(self.address)
