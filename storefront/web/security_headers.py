"""What every answer says to the browser, and how large a request may be."""

from flask import Flask, Response, request

ONE_SCREEN = 256 * 1024
CHECKOUT = "/checkout"
MEDIA = "/media/"


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    frames = "'none'" if settings.is_production else "'self'"
    policy = (
        f"default-src 'self'; img-src 'self' data:; form-action 'self'{_elsewhere(app)}; "
        f"frame-ancestors {frames}; base-uri 'none'; object-src 'none'"
    )
    app.config.update(MAX_CONTENT_LENGTH=ONE_SCREEN, MAX_FORM_MEMORY_SIZE=ONE_SCREEN)
    app.config.update(MAX_FORM_PARTS=200)

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"  # no-referrer breaks CSRF checks over https
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = resource_policy(
            request.path if request.path.startswith(MEDIA) else ""
        )
        headers["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), payment=(self), otp-credentials=(self)"
        )
        if settings.is_https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        response.vary.add("HX-Request")
        headers.setdefault("Cache-Control", _freshness(response))
        return response


def resource_policy(path: str) -> str:
    """Who may show what stands there: pictures of the kinds that mails show lie in mails, which
    people read on pages of others."""
    return "cross-origin" if path.endswith((".png", ".jpg")) else "same-origin"


def _elsewhere(app: Flask) -> str:
    """Where a form may lead besides: the page of whoever takes the money."""
    hosted = app.extensions["providers"].hosted
    return f" {hosted.origin}" if hosted and hosted.origin else ""


def _freshness(response: Response) -> str:
    """Back must find a form as it was typed; what shows a code or an order is never kept."""
    personal = request.path.startswith(("/checkout/", "/orders", "/pay/"))
    if personal and response.status_code == 200:
        return "no-store"
    return "private, no-cache"
