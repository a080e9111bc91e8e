"""Puts everything that every page needs around the pages of an application."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizbank.local_time import time_filters
from quizbank.web.entrance import guard_entrance
from quizbank.web.errors import register_error_pages
from quizbank.web.frame import add_page_words
from quizbank.web.headers import add_security_headers
from quizbank.web.lists import same_search
from quizbank.web.once import new_key
from quizbank.web.templates import drawn_once


def guard_pages(app: Flask) -> None:
    """Put the guard before every page, headers and error pages after it, and the frame's words into it."""
    trust_proxies(app)
    app.before_request(guard_entrance)
    app.after_request(add_security_headers)
    register_error_pages(app)
    app.context_processor(add_page_words)
    app.jinja_env.filters.update(time_filters)
    app.jinja_env.globals.update(new_key=new_key, same_search=same_search, drawn_once=drawn_once)


def trust_proxies(app: Flask) -> None:
    """Believe as many reverse proxies about the client's address and scheme as the settings say there are."""
    if count := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
