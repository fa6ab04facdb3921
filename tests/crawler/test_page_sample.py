"""Every article page of the bundled sample sites must become what is stored beside them, whether or not its site is
known."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

import data
from crawler.page import parse_page
from crawler.sample.pages import SampleWeb, render_web
from crawler.sites import Site, load_sites

EXPECTED: list[dict[str, Any]] = [
    json.loads(line) for line in (data.SAMPLE / "expected.jsonl").read_text("utf-8").splitlines() if line.strip()
]


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    return load_sites(data.SAMPLE / "sites")


@pytest.fixture(scope="module")
def webs(sites: dict[str, Site]) -> dict[int, SampleWeb]:
    return {edition: render_web(sites, data.SAMPLE, edition) for edition in {record["edition"] for record in EXPECTED}}


@pytest.mark.parametrize("known", [True, False], ids=["site-known", "site-unknown"])
def test_sample_pages(known: bool, sites: dict[str, Site], webs: dict[int, SampleWeb]) -> None:
    wrong: dict[str, Any] = {}
    for record in EXPECTED:
        address = urlsplit(record["url"])
        target = f"{address.path}?{address.query}" if address.query else address.path
        answer = webs[record["edition"]].answer(address.netloc, target)
        site = sites[record["site"]] if known else None
        article = parse_page(answer.body, url=record["url"], content_type=answer.content_type, site=site).article
        assert article is not None, record["id"]
        got = {key: getattr(article, key) for key in ("title", "published_at", "author", "source_credit")}
        got["paragraphs"] = article.text.split("\n\n")[1:]
        if different := {key: value for key, value in got.items() if value != record["page"][key]}:
            wrong[record["id"]] = different
    assert not wrong
