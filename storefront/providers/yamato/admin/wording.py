"""What is said of the connection to Yamato."""

from flask_babel import gettext as _

from storefront.payments.kinds import Kind
from storefront.payments.requirements import Missing, Stage
from storefront.ports.plugin import Place
from storefront.providers.yamato.account.account import Hindrance
from storefront.providers.yamato.account.connection_test import End


def stages() -> list[tuple[str, str]]:
    """The stages of a screening with their words."""
    return [
        (Stage.BEFORE, _("申込前")),
        (Stage.RUNNING, _("審査中")),
        (Stage.COMPLETE, _("審査完了")),
    ]


def hindrance(what: Hindrance) -> str:
    """The sentence for what keeps the contract from the real service."""
    return {
        Hindrance.COLLECTED_BY_SHOP: _(
            "クロネコのお支払い方法に、お届け後のお支払いの案内を「店舗が送る」ものがあります。"
            "本番ではヤマトもお客さまに請求するため、二重になります。"
            "お支払い方法の画面で「ヤマト運輸が送る」に変更してから、切り替えてください"
        ),
        Hindrance.TEST_HOST: _(
            "このお店は、環境変数 KURONEKO_BASE_URL によってヤマトのテスト環境に接続しています。"
            "設定を外してお店を起動しなおしてから、切り替えてください"
        ),
        Hindrance.DEMO_CONTRACT: _(
            "見本のお店の加盟店コードが登録されています。お店のものを登録してから、切り替えてください"
        ),
    }[what]


def end(what: str) -> str:
    """The sentence for what the test of the connection found."""
    return {
        End.GOOD: _("接続できました。加盟店コードとパスワードは正しく登録されています"),
        End.STRANGER: _("加盟店コードが違います。ヤマトからの通知書をご確認ください"),
        End.NOT_PROVEN: _("パスワードが違います。ヤマトからの通知書をご確認ください"),
        End.NOT_USABLE: _(
            "この加盟店コードは使えません。番号が正しいか、審査が完了しているかをご確認ください"
        ),
        End.REFUSED: _("ヤマトが要求を受け付けませんでした。時間をおいてもう一度お試しください"),
        End.SILENT: _("ヤマトから返事がありません。時間をおいてもう一度お試しください"),
        End.NOT_CONNECTED: _("連携情報が登録されていません。先に登録してください"),
    }[End(what)]


def request_names() -> dict[str, str]:
    """What each view that changes something does, for the page that asks for it to be done
    again."""
    return {
        "register": _("ヤマトとの連携情報の登録"),
        "change_host": _("ヤマトの接続先の切り替え"),
        "screening": _("審査の状況の登録"),
        "try_it": _("接続を確認する"),
    }


def opening_items() -> dict[str, str]:
    """What of the demo shop's a shop that opens may not keep, by the codes of demo_leftovers."""
    return {"demo_contract": _("見本のお店の加盟店コード(ヤマトグループサービス設定)")}


def requirement(code: str) -> str:
    """What the owner has to arrange with Yamato; empty for a code that is none of Yamato's."""
    sentences: dict[str, str] = {
        Missing.CONNECTION: _(
            "クロネコ代金後払い連携情報が登録されていません。"
            "「ヤマトグループサービス設定」で登録してください"
        ),
        Missing.SMARTPHONE_OPTION: _(
            "スマホタイプの契約がありません。お申込みのあと、"
            "「ヤマトグループサービス設定」で「スマホタイプを利用する」を選んでください"
        ),
        Missing.DEFERRED_SCREENING: _(
            "クロネコ代金後払いサービスの審査が完了していません。審査が完了してから公開できます"
        ),
        Missing.WEB_COLLECT_SCREENING: _(
            "クロネコ web コレクトの審査が完了していません。審査が完了してから公開できます"
        ),
        Missing.ONE_COLLECTOR: _(
            "ヤマトの本番の契約では、ヤマトがお客さまに請求します。お店からも請求すると二重になるため、"
            "お届け後のお支払いの案内を「ヤマト運輸が送る」に変更してください"
        ),
        Missing.OWN_CONTRACT: _(
            "見本のお店の加盟店コードが登録されています。"
            "「ヤマトグループサービス設定」で、お店のものを登録してください"
        ),
    }
    return sentences.get(code, "")


def note(place: Place) -> str:
    """Yamato's own sentences on the pages that are not its own."""
    return {
        Place.STAFF_ORDERS: _(
            "お店の人が代わりに入力する注文(電話注文など)では、クロネコ代金後払い(スマホタイプ)は"
            "使えません。お客様ご自身の電話に届く認証番号を、お客様が入力する必要があるためです。"
        ),
        Place.METHOD_KINDS: _(
            "ヤマトの種類(クロネコ代金後払い・クロネコ web コレクト)は、それぞれ1つだけ登録できます"
        ),
        Place.COLLECTOR: _("ヤマト運輸が送る"),
        Place.CODE_TEXT: _("クロネコの認証番号はヤマト運輸が送るため、この文面は使われません。"),
        Place.CODE_LIMITS: _(
            "クロネコの認証番号はヤマト運輸が送るので、回数には数えますが、費用には含みません。"
        ),
        Place.CODE_COSTS: _("ヤマトが送る認証番号は、お店の費用に含みません。"),
    }[place]


def cautions(kind: Kind) -> list[str]:
    """What the contract does not allow, beside the form of a payment method."""
    found = [
        _("複数配送先・頒布会とは併用できません"),
        _("商品名の先頭に「¥」は使えません"),
    ]
    by_staff = _("管理画面からの受注登録では使えません")
    return [*found, by_staff] if kind.always_checks_sms else found


def code_note() -> str:
    """The sentence that says who texts the codes and sets their limits."""
    return _(
        "認証番号はヤマト運輸が送ります。次の3つは、店舗が自分で認証番号を送るときだけ使われ、"
        "ヤマト運輸の回数はヤマト運輸が決めます。"
    )
