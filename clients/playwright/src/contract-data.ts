// Written by tools/playwright_types.py: what the shop promises, as contract.json has it.

export const CONTRACT = {
  "addresses": [
    {
      "path": "/",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/cart",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/cart/items",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/cart/items/<sku>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/categories/<slug>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/checkout",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/address",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/confirm",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/confirm/status",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/draft",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/forget",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/leave",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/other-method",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/quote",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/return/<token>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/sms",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/sms/resend",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/sms/status",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/checkout/validate/<field>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/design/",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/components",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/components/<folder>/<name>",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/mails",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/mails/<kind>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/design/mails/<kind>/html",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/screens/<slug>",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/sheets/<scheme>/<name>",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/states/<slug>",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/tokens",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/design/words",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/healthz",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/help",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/legal/privacy",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/legal/returns",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/legal/terms",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/legal/tokushoho",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/logos/<mark>.png",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/media/<name>",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/metrics",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/orders/<token>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/orders/<token>/cancel",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/orders/<token>/complete",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/orders/<token>/link",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/orders/<token>/receipt",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/orders/find",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/p/<token>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/pay/<token>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/pay/<token>/change",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/pay/<token>/return/<visit>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/pay/<token>/status",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/products/<slug>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/readyz",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/robots.txt",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/clock",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/contract.json",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/events",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/fault",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/faults",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/hosted/<token>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/mailbox",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/mailbox.json",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/openapi.json",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/orders",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/owner.json",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/phone",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/phone.json",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/play",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/requests",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/reset",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/states",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/states/open",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/stock",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/sandbox/store",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/search",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/sitemap.xml",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/sitemap/<number>.xml",
      "methods": [
        "GET"
      ],
      "has_language": false
    },
    {
      "path": "/webhooks/hosted",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/webhooks/kuroneko/judgement",
      "methods": [
        "POST"
      ],
      "has_language": false
    },
    {
      "path": "/webhooks/twilio/status",
      "methods": [
        "POST"
      ],
      "has_language": false
    }
  ],
  "admin_addresses": [
    {
      "path": "/admin/",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/app",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/passkey",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/passkey/<passkey_id>/forget",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/password",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/recovery-codes",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/account/sign-out-others",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/again/<token>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/alive",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/audit",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/audit/check",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/beginning",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/login",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/login/code",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/logout",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/do/<code>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/given-back",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/note",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/paid",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/refund/<code>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/<number>/show",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/address",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/chosen",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/export",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/export.csv",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/jobs",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/jobs/<job_id>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/jobs/<job_id>/again",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/jobs/<job_id>/start",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/new",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/notes",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/payments",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/search",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/ship",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/orders/slips",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/passkeys/ask",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/passkeys/keep",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/passkeys/new",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/passkeys/prove",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/passkeys/sign-in",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/<product_id>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/<product_id>/pictures",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/<product_id>/pictures/<picture_id>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/<product_id>/remove",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/categories",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/categories/<category_id>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/imports/<import_id>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/imports/<import_id>/faults.csv",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/new",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/sheet",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/products/sheet.csv",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/prove",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/reports",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/reports/<name>",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/reports/<name>/<part>.csv",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/delivery",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/delivery/<code>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/delivery/<code>/do",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/delivery/new",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/delivery/rest",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/messages",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/messages/<kind>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/messages/<kind>/send",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/delete",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/down",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/preview",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/publish",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/unpublish",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/<code>/up",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/after-failure",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/new",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/payment-methods/new/preview",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/people",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/people/<person_id>",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/privacy",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/privacy/find",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/privacy/person",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/shop",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/shop/news",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/shop/news/<news_id>/remove",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/shop/opening",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/shop/preview",
      "methods": [
        "GET"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/sms-limits",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/yamato",
      "methods": [
        "GET",
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/yamato/host",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/yamato/screening",
      "methods": [
        "POST"
      ],
      "has_language": true
    },
    {
      "path": "/admin/settings/yamato/try",
      "methods": [
        "POST"
      ],
      "has_language": true
    }
  ],
  "steps": [
    "input",
    "confirm",
    "sms",
    "complete"
  ],
  "states": {
    "confirm": [
      "idle",
      "unknown"
    ],
    "sms": [
      "idle",
      "wrong",
      "expired",
      "unknown"
    ],
    "pay": [
      "before",
      "ready",
      "chosen",
      "paid",
      "cancelled"
    ]
  },
  "reasons": [
    "locked",
    "too-many",
    "undelivered",
    "refused",
    "unavailable",
    "ended",
    "credit",
    "limit",
    "unanswered",
    "declined",
    "withdrawn",
    "amount"
  ],
  "fields": {
    "product": [
      "product",
      "variant_1",
      "variant_2",
      "quantity"
    ],
    "cart": [
      "quantity"
    ],
    "input": [
      "name",
      "company",
      "name_kana",
      "postal_code",
      "address_of",
      "prefecture",
      "city",
      "street",
      "building",
      "tel",
      "email",
      "ship_to",
      "ship_name",
      "ship_company",
      "gift_sender",
      "ship_postal_code",
      "ship_address_of",
      "ship_prefecture",
      "ship_city",
      "ship_street",
      "ship_building",
      "ship_tel",
      "delivery_method",
      "delivery_date",
      "delivery_time",
      "payment",
      "sms_tel",
      "note",
      "save_details"
    ],
    "other-method": [
      "payment",
      "sms_tel"
    ],
    "confirm": [
      "confirmation_key"
    ],
    "sms": [
      "code",
      "confirmation_key"
    ],
    "receipt": [
      "receipt_name"
    ],
    "find": [
      "number",
      "email"
    ],
    "pay": [
      "means",
      "store"
    ]
  },
  "test_ids": {
    "every page": [
      "error-summary",
      "language",
      "sandbox-banner",
      "cart-count",
      "shop-closed"
    ],
    "home, category, search": [
      "product-card"
    ],
    "product": [
      "product-card",
      "add-to-cart",
      "stock"
    ],
    "cart": [
      "cart-line",
      "cart-total",
      "go-to-checkout"
    ],
    "order input": [
      "order-form",
      "payment-kuroneko_smartphone",
      "payment-kuroneko_payslip",
      "payment-card",
      "payment-cvs",
      "payment-cod",
      "payment-bank_transfer",
      "delivery-standard",
      "delivery-letter",
      "order-total",
      "review-order",
      "forget",
      "unlisted-code",
      "other-city",
      "ng-banner",
      "switch-to-kuroneko_smartphone",
      "switch-to-kuroneko_payslip",
      "switch-to-card",
      "switch-to-cvs",
      "switch-to-cod",
      "switch-to-bank_transfer",
      "retry-number",
      "retry-card"
    ],
    "confirmation": [
      "confirm-items",
      "confirm-total",
      "confirm-submit",
      "change-items",
      "change-customer",
      "change-delivery",
      "change-payment",
      "switch-to-kuroneko_smartphone",
      "switch-to-kuroneko_payslip",
      "switch-to-card",
      "switch-to-cvs",
      "switch-to-cod",
      "switch-to-bank_transfer",
      "payment-notice",
      "unlisted-code",
      "other-city"
    ],
    "SMS": [
      "sms-form",
      "sms-code",
      "sms-submit",
      "sms-phone",
      "sms-expires",
      "sms-resent",
      "sms-resend",
      "sms-other-method",
      "switch-to-kuroneko_smartphone",
      "switch-to-kuroneko_payslip",
      "switch-to-card",
      "switch-to-cvs",
      "switch-to-cod",
      "switch-to-bank_transfer"
    ],
    "completion": [
      "order-number",
      "order-status-link",
      "pay-by",
      "pay-number",
      "pay-steps",
      "bank-account",
      "reach"
    ],
    "order status": [
      "order-number",
      "order-status",
      "payment-state",
      "pay-link",
      "send-link",
      "cancel-order",
      "being-cancelled",
      "pay-by",
      "pay-number",
      "pay-steps",
      "bank-account",
      "reach"
    ],
    "cancelling": [
      "order-number",
      "cancel-money",
      "cancel-submit",
      "reach"
    ],
    "receipt": [
      "receipt-name"
    ],
    "payment page": [
      "pay-amount",
      "pay-due",
      "pay-means-cvs",
      "pay-means-bank",
      "pay-means-au",
      "pay-means-card",
      "pay-means-kuroneko_pay",
      "pay-submit",
      "pay-instructions",
      "pay-notice",
      "pay-change"
    ],
    "privacy": [
      "kept-for"
    ],
    "hosted page": [
      "hosted-amount",
      "hosted-pay",
      "hosted-pay-and-stay",
      "hosted-issue",
      "hosted-refuse",
      "hosted-leave",
      "hosted-return"
    ],
    "sandbox": [
      "phone-message",
      "mail-message",
      "store-pay",
      "store-paid"
    ]
  },
  "admin_test_ids": [
    "again",
    "app-secret",
    "asked-address",
    "broken",
    "connection-result",
    "contract",
    "cut-off",
    "dates-preview",
    "days-ahead",
    "deed-<name>",
    "delivery-<name>",
    "deposit",
    "do-again",
    "erased",
    "fault",
    "faulty-rows",
    "first-password",
    "flash",
    "give-back",
    "given-back",
    "holders",
    "import-state",
    "item-<name>",
    "job-progress",
    "job-result",
    "left",
    "meter",
    "method-<name>",
    "missing",
    "none-yet",
    "not-by-staff",
    "not-noted",
    "not-open",
    "note-form",
    "nothing",
    "order-count",
    "order-list",
    "order-row",
    "order-search",
    "order-status",
    "payment-state",
    "person",
    "picture",
    "preview",
    "product-<name>",
    "recovery-codes",
    "refused",
    "report-<name>",
    "reveal",
    "sample-<name>",
    "sandbox-owner",
    "sent-10-minutes",
    "sent-day",
    "sheet",
    "ship-form",
    "shop-state",
    "size-<name>",
    "standing",
    "sums",
    "timeline",
    "today",
    "under-way",
    "waiting"
  ],
  "numbers": [
    {
      "ending": "0000",
      "number": "090-0000-0000",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "すぐに届く。認証番号は 1234",
      "happens_en": "Arrives at once; the code is 1234",
      "leads_to": "認証番号の入力へ進む",
      "leads_to_en": "Goes on to code entry"
    },
    {
      "ending": "0001",
      "number": "090-0000-0001",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "own": "locked",
        "yamato": "locked"
      },
      "happens": "すぐに届くが、どの番号も違うと判定される",
      "happens_en": "Arrives at once, but every code is judged wrong",
      "leads_to": "3回目の間違いで NG「locked」",
      "leads_to_en": "NG “locked” at the third wrong code"
    },
    {
      "ending": "0002",
      "number": "090-0000-0002",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "すぐに届くが、認証番号はもう期限切れ",
      "happens_en": "Arrives at once, but the code has already expired",
      "leads_to": "期限切れの表示。再送しても期限切れ",
      "leads_to_en": "“Expired”, after a resend too"
    },
    {
      "ending": "0003",
      "number": "090-0000-0003",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": "undelivered",
        "yamato": "undelivered"
      },
      "happens": "受け付けられ、2秒後に不達と知らされる",
      "happens_en": "Accepted, reported undelivered 2 seconds later",
      "leads_to": "2秒後に NG「undelivered」",
      "leads_to_en": "NG “undelivered” after 2 seconds"
    },
    {
      "ending": "0004",
      "number": "090-0000-0004",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": "refused",
        "yamato": "undelivered"
      },
      "happens": "断られる: 存在しない番号",
      "happens_en": "Refused: no such number",
      "leads_to": "NG「refused」",
      "leads_to_en": "NG “refused”"
    },
    {
      "ending": "0005",
      "number": "090-0000-0005",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": "refused",
        "yamato": "undelivered"
      },
      "happens": "断られる: SMSを受け取れない番号",
      "happens_en": "Refused: cannot receive SMS",
      "leads_to": "NG「refused」",
      "leads_to_en": "NG “refused”"
    },
    {
      "ending": "0006",
      "number": "090-0000-0006",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "own": "locked",
        "yamato": "locked"
      },
      "happens": "すぐに届く。認証番号は 1234。1回の間違いで締め切り",
      "happens_en": "Arrives at once; the code is 1234; the first wrong one locks",
      "leads_to": "1回目の間違いで NG「locked」",
      "leads_to_en": "NG “locked” at the first wrong code"
    },
    {
      "ending": "0007",
      "number": "090-0000-0007",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": "unavailable",
        "yamato": "unavailable"
      },
      "happens": "どの送信元も 429 (60秒後に再試行) を返す",
      "happens_en": "Every sender answers 429, Retry-After 60",
      "leads_to": "NG「unavailable」",
      "leads_to_en": "NG “unavailable”"
    },
    {
      "ending": "0008",
      "number": "090-0000-0008",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": "unavailable",
        "yamato": "unavailable"
      },
      "happens": "1つ目の送信元が停止中 (503)",
      "happens_en": "The first sender is down (503)",
      "leads_to": "送信元が1つなら NG「unavailable」、2つなら2つ目が送る",
      "leads_to_en": "One sender: NG “unavailable”; two: the second one sends"
    },
    {
      "ending": "0009",
      "number": "090-0000-0009",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "20秒後に届く。認証番号は 1234",
      "happens_en": "Arrives after 20 seconds; the code is 1234",
      "leads_to": "認証番号の入力へ進む",
      "leads_to_en": "Goes on to code entry"
    },
    {
      "ending": "0010",
      "number": "090-0000-0010",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": null,
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "送信元が応答せず、5秒で打ち切る。SMSは届かない",
      "happens_en": "The sender hangs, we stop waiting after 5 seconds; no text ever comes",
      "leads_to": "「送れたか確認できていません」と表示",
      "leads_to_en": "“We could not confirm that the text was sent”"
    },
    {
      "ending": "0040",
      "number": "090-0000-0040",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "0042",
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "すぐに届く。認証番号は 0042",
      "happens_en": "Arrives at once; the code is 0042",
      "leads_to": "認証番号の入力へ進む",
      "leads_to_en": "Goes on to code entry"
    },
    {
      "ending": "0041",
      "number": "090-0000-0041",
      "verifiers": [
        "own",
        "yamato"
      ],
      "code": "0000",
      "reasons": {
        "own": null,
        "yamato": null
      },
      "happens": "すぐに届く。認証番号は 0000",
      "happens_en": "Arrives at once; the code is 0000",
      "leads_to": "認証番号の入力へ進む",
      "leads_to_en": "Goes on to code entry"
    },
    {
      "ending": "0020",
      "number": "090-0000-0020",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": null
      },
      "happens": "認証番号なしで承認",
      "happens_en": "Approved without a code",
      "leads_to": "確認画面へ戻り、ボタンは［注文を確定する］",
      "leads_to_en": "Back to the confirmation, its button now places"
    },
    {
      "ending": "0021",
      "number": "090-0000-0021",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": "credit"
      },
      "happens": "審査で断られる",
      "happens_en": "Credit refused",
      "leads_to": "NG「credit」",
      "leads_to_en": "NG “credit”"
    },
    {
      "ending": "0022",
      "number": "090-0000-0022",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": "limit"
      },
      "happens": "限度額を超える",
      "happens_en": "Over the limit",
      "leads_to": "NG「limit」",
      "leads_to_en": "NG “limit”"
    },
    {
      "ending": "0023",
      "number": "090-0000-0023",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": null
      },
      "happens": "審査中のまま、SMSは来ない。下の［審査の結果］で決まる",
      "happens_en": "Under examination, no text; a notice below decides",
      "leads_to": "認証番号の入力(結果を確認中)",
      "leads_to_en": "Code entry, unknown"
    },
    {
      "ending": "0024",
      "number": "090-0000-0024",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": "unanswered"
      },
      "happens": "ヤマトが何も答えない",
      "happens_en": "Yamato does not answer, enquiries neither",
      "leads_to": "約12秒で確認中、5回の照会で NG「unanswered」",
      "leads_to_en": "Unknown after 12 s; NG “unanswered” after five enquiries"
    },
    {
      "ending": "0025",
      "number": "090-0000-0025",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": "unanswered"
      },
      "happens": "ヤマトがでたらめを答える",
      "happens_en": "Yamato answers rubbish",
      "leads_to": "すぐに確認中、5回の照会で NG「unanswered」",
      "leads_to_en": "Unknown at once; NG “unanswered” after five enquiries"
    },
    {
      "ending": "0026",
      "number": "090-0000-0026",
      "verifiers": [
        "yamato"
      ],
      "code": "1234",
      "reasons": {
        "yamato": null
      },
      "happens": "14秒後に承認され、SMSが届く。認証番号は 1234",
      "happens_en": "Accepted after 14 seconds (of the host's clock), then the text; the code is 1234",
      "leads_to": "約10秒で確認中、承認が分かると認証番号の入力。60秒たっても届かなければ NG「unavailable」",
      "leads_to_en": "Unknown after 10 s; code entry once it is known; NG “unavailable” if nothing came in 60 s"
    },
    {
      "ending": "0030",
      "number": "090-0000-0030",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": null
      },
      "happens": "支払いリンクが届いた日に支払う",
      "happens_en": "Pays on the day the link arrives",
      "leads_to": "お届け後すぐ「支払い済み」",
      "leads_to_en": "Paid right after delivery"
    },
    {
      "ending": "0031",
      "number": "090-0000-0031",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": null
      },
      "happens": "支払わない",
      "happens_en": "Never pays",
      "leads_to": "期限の翌日「期限切れ」",
      "leads_to_en": "Overdue the day after the last"
    },
    {
      "ending": "0032",
      "number": "090-0000-0032",
      "verifiers": [
        "yamato"
      ],
      "code": null,
      "reasons": {
        "yamato": null
      },
      "happens": "支払いのSMSは届かず、メールは届く",
      "happens_en": "The payment SMS bounces, the mail arrives",
      "leads_to": "メールのリンクから支払う",
      "leads_to_en": "Pays by the link of the mail"
    }
  ],
  "events": [
    "delivery-report",
    "kuroneko-notice",
    "shipped",
    "delivered",
    "paid"
  ],
  "orders": {
    "states": [
      "placed",
      "preparing",
      "shipped",
      "delivered",
      "cancelled",
      "returned"
    ],
    "moves": {
      "placed": [
        "preparing",
        "shipped",
        "cancelled"
      ],
      "preparing": [
        "shipped",
        "cancelled"
      ],
      "shipped": [
        "preparing",
        "delivered",
        "returned"
      ],
      "delivered": [
        "returned"
      ],
      "cancelled": [],
      "returned": []
    }
  },
  "payments": {
    "states": [
      "awaiting",
      "deferred",
      "requested",
      "overdue",
      "paid",
      "cancelled",
      "refunded"
    ],
    "moves": {
      "awaiting": [
        "paid",
        "cancelled"
      ],
      "deferred": [
        "requested",
        "cancelled"
      ],
      "requested": [
        "overdue",
        "paid",
        "cancelled"
      ],
      "overdue": [
        "paid",
        "cancelled"
      ],
      "paid": [
        "refunded"
      ],
      "cancelled": [],
      "refunded": []
    },
    "methods": [
      {
        "code": "kuroneko_smartphone",
        "pays": "later",
        "begins": "deferred",
        "check": "credit-and-code",
        "fee": 176,
        "most": 55000
      },
      {
        "code": "kuroneko_payslip",
        "pays": "later",
        "begins": "deferred",
        "check": "credit",
        "fee": 209,
        "most": 55000
      },
      {
        "code": "card",
        "pays": "before",
        "begins": "awaiting",
        "check": "hosted",
        "fee": 0,
        "most": null
      },
      {
        "code": "cvs",
        "pays": "before",
        "begins": "awaiting",
        "check": "hosted",
        "fee": 0,
        "most": 300000
      },
      {
        "code": "cod",
        "pays": "door",
        "begins": "awaiting",
        "check": "none",
        "fee": 330,
        "most": 300000
      },
      {
        "code": "bank_transfer",
        "pays": "before",
        "begins": "awaiting",
        "check": "none",
        "fee": 0,
        "most": null
      }
    ],
    "means": [
      "cvs",
      "bank",
      "au",
      "card",
      "kuroneko_pay"
    ]
  },
  "goods": [
    {
      "slug": "uji-sencha",
      "name": "宇治煎茶 100g",
      "name_en": "Uji sencha 100 g",
      "tax": 8,
      "variants": [
        {
          "sku": "uji-sencha",
          "price": 1080,
          "stock": 100
        }
      ]
    },
    {
      "slug": "hojicha",
      "name": "ほうじ茶 150g",
      "name_en": "Hojicha roasted tea 150 g",
      "tax": 8,
      "variants": [
        {
          "sku": "hojicha",
          "price": 864,
          "stock": 80
        }
      ]
    },
    {
      "slug": "genmaicha",
      "name": "玄米茶 200g",
      "name_en": "Genmaicha brown-rice tea 200 g",
      "tax": 8,
      "variants": [
        {
          "sku": "genmaicha",
          "price": 756,
          "stock": 60
        }
      ]
    },
    {
      "slug": "matcha-30g",
      "name": "抹茶 30g",
      "name_en": "Matcha 30 g",
      "tax": 8,
      "variants": [
        {
          "sku": "matcha-30g",
          "price": 1620,
          "stock": 40
        }
      ]
    },
    {
      "slug": "wasanbon",
      "name": "和三盆の干菓子 16個",
      "name_en": "Wasanbon sugar sweets, 16 pieces",
      "tax": 8,
      "variants": [
        {
          "sku": "wasanbon",
          "price": 1296,
          "stock": 45
        }
      ]
    },
    {
      "slug": "soka-senbei",
      "name": "草加煎餅 8枚",
      "name_en": "Soka rice crackers, 8 pieces",
      "tax": 8,
      "variants": [
        {
          "sku": "soka-senbei",
          "price": 648,
          "stock": 70
        }
      ]
    },
    {
      "slug": "yokan",
      "name": "本煉り羊羹",
      "name_en": "Yokan red bean jelly",
      "tax": 8,
      "variants": [
        {
          "sku": "yokan",
          "price": 1512,
          "stock": 30
        }
      ]
    },
    {
      "slug": "yunomi",
      "name": "萩焼の湯呑",
      "name_en": "Hagi ware tea cup",
      "tax": 10,
      "variants": [
        {
          "sku": "yunomi",
          "price": 3300,
          "stock": 100
        }
      ]
    },
    {
      "slug": "kyusu",
      "name": "常滑の急須",
      "name_en": "Tokoname teapot",
      "tax": 10,
      "variants": [
        {
          "sku": "kyusu",
          "price": 6600,
          "stock": 0
        }
      ]
    },
    {
      "slug": "matcha-bowl",
      "name": "抹茶碗 (一点もの)",
      "name_en": "Matcha bowl (one of a kind)",
      "tax": 10,
      "variants": [
        {
          "sku": "matcha-bowl",
          "price": 8800,
          "stock": 1
        }
      ]
    },
    {
      "slug": "sobachoko",
      "name": "有田焼の蕎麦猪口",
      "name_en": "Arita soba cup",
      "tax": 10,
      "variants": [
        {
          "sku": "sobachoko",
          "price": 2420,
          "stock": 24
        }
      ]
    },
    {
      "slug": "hashioki",
      "name": "花びらの箸置き",
      "name_en": "Petal chopstick rest",
      "tax": 10,
      "variants": [
        {
          "sku": "hashioki",
          "price": 440,
          "stock": 120
        }
      ]
    },
    {
      "slug": "ichirinzashi",
      "name": "備前焼の一輪挿し",
      "name_en": "Bizen bud vase",
      "tax": 10,
      "variants": [
        {
          "sku": "ichirinzashi",
          "price": 7150,
          "stock": 3
        }
      ]
    },
    {
      "slug": "chasen",
      "name": "茶筅",
      "name_en": "Matcha whisk",
      "tax": 10,
      "variants": [
        {
          "sku": "chasen",
          "price": 2200,
          "stock": 50
        }
      ]
    },
    {
      "slug": "chazutsu",
      "name": "樺細工の茶筒",
      "name_en": "Cherry-bark tea caddy",
      "tax": 10,
      "variants": [
        {
          "sku": "chazutsu",
          "price": 7700,
          "stock": 12
        }
      ]
    },
    {
      "slug": "urushi-bowl",
      "name": "漆の椀",
      "name_en": "Lacquer soup bowl",
      "tax": 10,
      "variants": [
        {
          "sku": "urushi-bowl",
          "price": 16500,
          "stock": 6
        }
      ]
    },
    {
      "slug": "take-kago",
      "name": "竹かご",
      "name_en": "Bamboo basket",
      "tax": 10,
      "variants": [
        {
          "sku": "take-kago",
          "price": 13200,
          "stock": 2
        }
      ]
    },
    {
      "slug": "maru-bon",
      "name": "栗の丸盆",
      "name_en": "Round chestnut tray",
      "tax": 10,
      "variants": [
        {
          "sku": "maru-bon",
          "price": 9350,
          "stock": 14
        }
      ]
    },
    {
      "slug": "indigo-tote",
      "name": "藍染トート",
      "name_en": "Indigo-dyed tote",
      "tax": 10,
      "variants": [
        {
          "sku": "indigo-tote-s",
          "price": 4400,
          "stock": 10
        },
        {
          "sku": "indigo-tote-m",
          "price": 4400,
          "stock": 10
        },
        {
          "sku": "indigo-tote-l",
          "price": 4400,
          "stock": 0
        }
      ]
    },
    {
      "slug": "tenugui",
      "name": "注染の手ぬぐい",
      "name_en": "Hand-dyed tenugui cloth",
      "tax": 10,
      "variants": [
        {
          "sku": "tenugui-indigo",
          "price": 1320,
          "stock": 30
        },
        {
          "sku": "tenugui-cherrypink",
          "price": 1320,
          "stock": 25
        },
        {
          "sku": "tenugui-matchagreen",
          "price": 1320,
          "stock": 20
        }
      ]
    },
    {
      "slug": "furoshiki",
      "name": "綿の風呂敷",
      "name_en": "Cotton furoshiki",
      "tax": 10,
      "variants": [
        {
          "sku": "furoshiki-indigo-medium",
          "price": 2200,
          "stock": 15
        },
        {
          "sku": "furoshiki-indigo-large",
          "price": 3850,
          "stock": 8
        },
        {
          "sku": "furoshiki-cherrypink-medium",
          "price": 2200,
          "stock": 12
        },
        {
          "sku": "furoshiki-cherrypink-large",
          "price": 3850,
          "stock": 0
        },
        {
          "sku": "furoshiki-mustard-medium",
          "price": 2200,
          "stock": 10
        },
        {
          "sku": "furoshiki-mustard-large",
          "price": 3850,
          "stock": 5
        }
      ]
    },
    {
      "slug": "tsumugi",
      "name": "紬の反物",
      "name_en": "Tsumugi silk kimono cloth",
      "tax": 10,
      "variants": [
        {
          "sku": "tsumugi",
          "price": 66000,
          "stock": 5
        }
      ]
    },
    {
      "slug": "washi-binsen",
      "name": "越前和紙の便箋",
      "name_en": "Echizen washi letter paper",
      "tax": 10,
      "variants": [
        {
          "sku": "washi-binsen",
          "price": 990,
          "stock": 40
        }
      ]
    },
    {
      "slug": "senko",
      "name": "白檀の線香",
      "name_en": "Sandalwood incense",
      "tax": 10,
      "variants": [
        {
          "sku": "senko",
          "price": 1650,
          "stock": 35
        }
      ]
    }
  ],
  "delivery": [
    {
      "code": "standard",
      "fee": 660,
      "free_from": 11000
    }
  ],
  "seconds": {
    "resend": [
      30,
      60
    ],
    "lives": {
      "own": 600,
      "yamato": 180
    }
  },
  "tries": 3,
  "texts": 3
} as const;

export const SLUGS = [
  "home",
  "category",
  "category-empty",
  "search",
  "search-found",
  "search-none",
  "product",
  "product-options",
  "product-reduced",
  "product-one-left",
  "product-sold-out",
  "product-no-option",
  "product-too-many",
  "product-no-number",
  "product-old-token",
  "product-long",
  "cart-empty",
  "cart",
  "cart-added",
  "cart-free",
  "cart-changed",
  "cart-quantity",
  "cart-refused",
  "cart-too-many",
  "cart-removed",
  "cart-removed-last",
  "cart-old-token",
  "cart-closed",
  "cart-shipping",
  "cart-long",
  "input",
  "input-filled",
  "input-empty",
  "input-wrong",
  "input-old-token",
  "input-towns",
  "input-cities",
  "input-prefecture",
  "input-elsewhere",
  "input-no-mobile",
  "input-long-address",
  "input-other-method",
  "input-present",
  "input-over-limit",
  "input-switch",
  "input-saved",
  "input-idle",
  "input-away",
  "input-delivery",
  "input-no-delivery",
  "input-long",
  "ng-locked",
  "ng-too-many",
  "ng-undelivered",
  "ng-credit",
  "ng-limit",
  "ng-unanswered",
  "ng-declined",
  "ng-unavailable",
  "ng-retry-refused",
  "ng-chosen-again",
  "confirm",
  "confirm-cod",
  "confirm-transfer",
  "confirm-card",
  "confirm-unpaid",
  "confirm-unknown",
  "confirm-waived",
  "confirm-new-code",
  "confirm-other-city",
  "confirm-wishes",
  "confirm-under-way",
  "confirm-price",
  "confirm-sold-out",
  "confirm-all-sold-out",
  "confirm-old-key",
  "confirm-old-token",
  "confirm-long",
  "sms",
  "sms-slow",
  "sms-empty",
  "sms-malformed",
  "sms-wrong",
  "sms-wrong-2",
  "sms-expired",
  "sms-expired-given",
  "sms-resent",
  "sms-too-early",
  "sms-no-texts-left",
  "sms-resend-refused",
  "sms-unknown",
  "sms-old-token",
  "complete",
  "complete-cod",
  "complete-transfer",
  "complete-payslip",
  "complete-card",
  "complete-cvs",
  "complete-long",
  "status",
  "cancel",
  "cancel-too-late",
  "status-waiting",
  "status-transfer",
  "status-shipped",
  "status-requested",
  "status-link",
  "status-overdue",
  "status-cancelled",
  "status-long",
  "receipt",
  "receipt-paid",
  "receipt-refunded",
  "receipt-long",
  "find",
  "find-empty",
  "find-wrong",
  "order-unknown",
  "mail",
  "mail-cod",
  "mail-transfer",
  "mail-shipped",
  "mail-request",
  "mail-long",
  "pay",
  "pay-empty",
  "pay-no-store",
  "pay-old-token",
  "pay-cvs",
  "pay-bank",
  "pay-refused",
  "pay-paid",
  "pay-overdue",
  "pay-cancelled",
  "pay-before",
  "pay-unknown",
  "hosted-card",
  "hosted-cvs",
  "hosted-over",
  "till",
  "till-paid",
  "till-wrong",
  "legal-tokushoho",
  "legal-privacy",
  "legal-terms",
  "legal-returns",
  "help",
  "error-400",
  "error-404",
  "error-405",
  "error-413",
  "error-429",
  "error-500",
  "error-503",
  "sandbox",
  "sandbox-clock",
  "sandbox-refused",
  "phone-empty",
  "phone",
  "mailbox-empty",
  "mailbox",
  "mailbox-one"
] as const;
