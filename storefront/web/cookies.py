"""Signed cookies: an opaque id in the browser, everything else in the database."""

from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, Signer


@dataclass(frozen=True)
class SignedCookie:
    """A value the browser keeps but cannot change; max_age is in seconds, None ends with it."""

    name: str
    max_age: int | None = None

    def read(self) -> str | None:
        try:
            signed = request.cookies.get(self._full_name, "")
            return self._signer.unsign(signed).decode()
        except (BadSignature, UnicodeError):
            return None

    def write(self, value: str) -> None:
        """Sends it with the answer to this request."""

        @after_this_request
        def send(response: Response) -> Response:
            response.set_cookie(
                self._full_name,
                self._signer.sign(value).decode(),
                max_age=self.max_age,
                secure=current_app.config["SETTINGS"].is_https,
                httponly=True,
                samesite="Lax",
            )
            return response

    def delete(self) -> None:
        """The browser is told so with the answer to this request."""

        @after_this_request
        def send(response: Response) -> Response:
            response.delete_cookie(
                self._full_name,
                secure=current_app.config["SETTINGS"].is_https,
                httponly=True,
                samesite="Lax",
            )
            return response

    @property
    def _full_name(self) -> str:
        return str(current_app.config["SETTINGS"].cookie(self.name))

    @property
    def _signer(self) -> Signer:
        keys = current_app.config["SETTINGS"].signing_keys
        return Signer(keys, salt=f"storefront.{self.name}")
