"""One JSON line an answer: the endpoint, never the address, which may hold a token."""

import logging
import time

import structlog
from flask import Flask, Response, g, request

from storefront.app.health import ANSWERS, SECONDS
from storefront.core import clock

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _stamp,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(),
    )

    @app.before_request
    def start() -> None:
        g.started = time.monotonic()

    @app.after_request
    def finish(response: Response) -> Response:
        seconds = time.monotonic() - g.get("started", time.monotonic())
        endpoint = request.endpoint or "none"
        ANSWERS.labels(endpoint, response.status_code).inc()
        SECONDS.labels(endpoint).observe(seconds)
        if app.config["SETTINGS"].storefront_env != "test":
            log.info(
                "answer",
                endpoint=endpoint,
                method=request.method,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response


def _stamp(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {"at": clock.now().isoformat(timespec="milliseconds"), **event}
