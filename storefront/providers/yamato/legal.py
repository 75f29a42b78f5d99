"""What shoppers read before their data go to Yamato: the consent (個人情報保護法27条: third
parties), privacy policy and terms."""

from flask_babel import gettext as _


def consent(*, is_texted: bool) -> str:
    """The sentence beside the confirmation's button; is_texted says whether the button leads to a
    code."""
    if is_texted:
        return _(
            "「SMS認証へ進む」を押すと、ご注文情報(氏名・住所・電話番号・メールアドレス・購入内容)を"
            "与信審査と請求のためヤマト運輸株式会社へ提供することに同意し、"
            "クロネコ代金後払いサービス規約に同意したものとします。"
            "審査の結果、ご利用いただけない場合があります。"
        )
    return _(
        "「注文を確定する」を押すと、ご注文情報(氏名・住所・電話番号・メールアドレス・購入内容)を"
        "与信審査と請求のためヤマト運輸株式会社へ提供することに同意し、"
        "クロネコ代金後払いサービス規約に同意したものとします。"
        "審査の結果、ご利用いただけない場合があります。"
    )


def privacy_text(method: str) -> str:
    """The policy's paragraph for a payment method of this name."""
    return _(
        "「%(method)s」をお選びになった場合に限り、与信審査と請求のため、ご本人の同意を得て、"
        "氏名・住所・電話番号・メールアドレス・購入内容をヤマト運輸株式会社へ提供します。"
        "ほかのお支払い方法をお選びの場合は、この提供を行いません。",
        method=method,
    )


def terms_text(method: str) -> str:
    """The terms' paragraph for a payment method of this name."""
    return _(
        "「%(method)s」には、ヤマト運輸株式会社が定めるサービス規約も適用されます。"
        "審査の結果、ご利用いただけない場合があります。",
        method=method,
    )
