"""How often an address may ask: a request goes in; it passes, or is refused (429) where pages have a limit."""

from flask import current_app, request
from flask_limiter import Limiter


class Limits(Limiter):
    """Flask-Limiter, which asks of every request whether any limit holds for it; here only where there are some.

    A view that has a limit of its own asks by itself. Its search through exemptions and defaults cost a tenth of a save.
    """

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        known = self.limit_manager
        for_all = known._application_limits or known._default_limits or self._meta_limits
        feature = {current_app.blueprints[name].name for name in request.blueprints}
        if in_middleware and not for_all and known._blueprint_limits.keys().isdisjoint(feature):
            return
        super()._check_request_limit(callable_name, in_middleware)
