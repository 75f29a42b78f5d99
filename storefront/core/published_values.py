"""What this project publishes for its demo shop, and what therefore opens no door in production."""

PASSWORD = "kyusu yunomi furoshiki"  # noqa: S105  # the demo owner's
SECRET = "SAKURASHOTENTESTOWNERSECRET23456"  # noqa: S105  # of the demo owner's authenticator app
MERCHANT_CODE = "12345678901"  # the simulated Yamato's
INVOICE_NUMBER = "T9999999999999"
BANK_ACCOUNT = ("みほん銀行", "Mihon Bank", "サクラショウテン(カ", "SAKURA SHOTEN K.K.")
