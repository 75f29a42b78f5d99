"""What is said of the connection to Yamato."""

from flask_babel import gettext as _

from storefront.payments.kinds import Kind
from storefront.payments.requirements import Stage
from storefront.providers.yamato.account.account import Hindrance
from storefront.providers.yamato.account.connection_test import End


def stages() -> list[tuple[str, str]]:
    return [
        (Stage.BEFORE, _("申込前")),
        (Stage.RUNNING, _("審査中")),
        (Stage.COMPLETE, _("審査完了")),
    ]


def hindrance(what: Hindrance) -> str:
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
    return {
        "register": _("ヤマトとの連携情報の登録"),
        "change_host": _("ヤマトの接続先の切り替え"),
        "screening": _("審査の状況の登録"),
        "try_it": _("接続を確認する"),
    }


def cautions(kind: Kind) -> list[str]:
    """What the contract does not allow, beside the form of a payment method."""
    found = [
        _("複数配送先・頒布会とは併用できません"),
        _("商品名の先頭に「¥」は使えません"),
    ]
    by_staff = _("管理画面からの受注登録では使えません")
    return [*found, by_staff] if kind.always_checks_sms else found


def code_note() -> str:
    return _(
        "認証番号はヤマト運輸が送ります。次の3つは、店舗が自分で認証番号を送るときだけ使われ、"
        "ヤマト運輸の回数はヤマト運輸が決めます。"
    )
