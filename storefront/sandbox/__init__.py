"""The test shop's outside world: a phone, a mailbox and a clock. Never in production."""

from flask import Flask, request

from storefront.extensions import csrf, limiter


def init_app(app: Flask) -> None:
    """Add the sandbox's pages, its clock, and the reports of its senders."""
    from storefront.sandbox import phone, routes, scenarios, time

    csrf.exempt(routes.bp)  # programs post JSON to it; the panel's form checks its own token
    limiter.exempt(routes.bp)  # a test of the floods reads its texts here
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["sandbox_scenarios"] = scenarios.SCENARIOS
    time.install()

    @app.before_request
    def hear_reports() -> None:
        if request.path.startswith("/checkout"):
            phone.report_due()
