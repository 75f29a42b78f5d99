"""The simulator as a WSGI application, separate from the shop."""

import re
import secrets
import select
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from storefront.providers.yamato.simulator.answers import Answer, Manner, xml
from storefront.providers.yamato.simulator.calls import APIS, is_slow, perform
from storefront.providers.yamato.simulator.terms import Terms

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/kuroneko-atobarai-api/"
PATH = re.compile(rf"{PREFIX}(\w+)APIAction_execute\.action", re.ASCII)
LARGEST = 100_000  # bytes of a request
XML = "application/xml; charset=UTF-8"


class Simulator:
    """Answers as Yamato does, inside the application context of the shop whose database keeps its
    records."""

    def __init__(self, app: Flask, terms: Terms) -> None:
        self.app = app
        self.terms = terms

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = LARGEST
        try:
            response: Response | HTTPException = self._respond(request)
        except HTTPException as refused:
            response = refused
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        name = _api(request)
        fields = request.form.to_dict()
        with self.app.app_context():
            is_late = is_slow(name, fields, self.terms)
        if is_late:
            time.sleep(self.terms.slowness)  # real seconds: the shop's clock moves no network
        with self.app.app_context():
            answer = perform(name, fields, self.terms)
            body = xml(answer, fields)
        return self._give(answer, body, request)

    def _give(self, answer: Answer, body: bytes, request: Request) -> Response:
        """Outside of the shop's context: no connection to the database is held by a silence."""
        if answer.manner is Manner.SILENT:
            _say_nothing(request, self.terms.silence)
        if answer.manner is Manner.DOWN:
            return Response("Service Unavailable", 503)
        if answer.manner is Manner.RUBBISH:
            body = secrets.token_bytes(200)
        return Response(body, content_type=XML)


def _api(request: Request) -> str:
    """The API of the address; raises the HTTP error of any that has none."""
    found = PATH.fullmatch(request.path)
    if found is None or found[1] not in APIS:
        raise NotFound
    if request.method != "POST":
        raise MethodNotAllowed(["POST"])
    return found[1]


def _say_nothing(request: Request, seconds: float) -> None:
    """Hold the line until the caller hangs up or the time is over, then break it off."""
    line = request.environ["werkzeug.socket"]
    select.select([line], [], [], seconds)
    raise ConnectionAbortedError
