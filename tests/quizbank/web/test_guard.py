"""Proxies are believed as far as the settings say there are any, never further."""

import pytest
from flask import Flask, request

from quizbank.web.guard import trust_proxies


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"),
    [(0, "10.0.0.1", "http"), (1, "198.51.100.7", "https"), (2, "203.0.113.9", "https")],
)
def test_address_and_scheme_are_those_the_last_trusted_proxy_reports(proxies: int, address: str, scheme: str) -> None:
    app = Flask("place")
    app.config["PROXIES"] = proxies
    app.add_url_rule("/", "where", lambda: f"{request.remote_addr} {request.scheme}")
    trust_proxies(app)
    told = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https, https"}
    answer = app.test_client().get("/", headers=told, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert answer.text == f"{address} {scheme}"
