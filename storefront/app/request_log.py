"""One JSON line an answer: the endpoint, never the address, which may hold a token.

Every line of a request has its request_id, those of what it calls included.
"""

import logging
import time

import structlog
from flask import Flask, Response, g, request, request_started

from storefront.app.health import ANSWERS, SECONDS
from storefront.core import clock, request_ids

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _stamp,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(),
    )

    # a signal, which comes before whatever may answer in a view's place, the limits included
    request_started.connect(_begin, app)
    app.teardown_request(_end)

    @app.after_request
    def finish(response: Response) -> Response:
        seconds = time.monotonic() - g.get("started", time.monotonic())
        endpoint = request.endpoint or "none"
        ANSWERS.labels(endpoint, response.status_code).inc()
        SECONDS.labels(endpoint).observe(seconds)
        if app.config["SETTINGS"].storefront_env != "test":
            log.info(
                "request_answered",
                endpoint=endpoint,
                method=request.method,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response


def _begin(app: Flask) -> None:
    """Bind the request's id; a header names it only behind a proxy of ours."""
    is_behind_proxy = app.config["SETTINGS"].trusted_proxies > 0
    given = request.headers.get("X-Request-ID", "") if is_behind_proxy else ""
    g.started, g.outer_request_id = time.monotonic(), request_ids.current()
    request_ids.bind(request_ids.from_proxy(given))


def _end(_error: BaseException | None) -> None:
    """Bind the outer request's id again: the sandbox calls its own addresses within a request."""
    if "started" in g:
        request_ids.bind(g.outer_request_id)


def _stamp(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {"at": clock.now().isoformat(timespec="milliseconds"), **event}
