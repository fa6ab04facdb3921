import datetime as dt
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import DiscoveryError, read_feed, read_listing, read_sitemap
from crawler.topic import TopicFilter, fold
from tests.crawler.conftest import make_site

SITE = make_site("baomau.example")
AT = "http://baomau.example/start"


def test_a_feed_gives_articles_with_hints() -> None:
    feed = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Mẫu</title>
      <item><title><![CDATA[Trao  Huân chương]]></title><link>/tin-1.html?utm_source=rss</link>
        <pubDate>Tue, 24 Nov 2026 08:00:00 +0700</pubDate>
        <description>&lt;img src="x"/&gt;Sáng nay</description></item>
      <item><title>Nơi khác</title><link>https://khac.example/tin-2.html</link></item>
      <item><title>Không có địa chỉ</title></item></channel></rss>"""
    [found] = read_feed(feed.encode(), url=AT, site=SITE, content_type="text/xml")
    assert found.url == "http://baomau.example/tin-1.html"
    assert (found.title, found.summary) == ("Trao Huân chương", "Sáng nay")
    assert found.published == dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
    assert found.modified is None


def test_a_sitemap_gives_articles_and_an_index_gives_sitemaps() -> None:
    urlset = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
       xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc> http://baomau.example/tin-1.html </loc><lastmod>2026-11-24</lastmod><news:news>
        <news:publication_date>2026-11-23T08:00:00+07:00</news:publication_date>
        <news:title>Khen thưởng</news:title></news:news></url>
      <url><loc>http://baomau.example/chinh-tri/</loc></url></urlset>"""
    for body in (urlset.encode(), gzip.compress(urlset.encode())):
        [found] = read_sitemap(body, url=AT, site=SITE)
        assert (found.kind, found.title) == ("article", "Khen thưởng")
        assert found.published == dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
        assert found.modified == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    index = "<sitemapindex><sitemap><loc>http://baomau.example/s-2.xml</loc></sitemap></sitemapindex>"
    assert [(row.kind, row.url) for row in read_sitemap(index.encode(), url=AT, site=SITE)] == [
        ("sitemap", "http://baomau.example/s-2.xml")
    ]


def test_a_torn_sitemap_gives_what_is_whole() -> None:
    body = b"<urlset><url><loc>http://baomau.example/tin-1.html</loc></url><url><loc>http://bao"
    assert [row.url for row in read_sitemap(body, url=AT, site=SITE)] == ["http://baomau.example/tin-1.html"]


def test_a_listing_gives_each_article_once_with_its_headline() -> None:
    page = '<a href="/tin-1.html"><img></a><a href="tin-1.html">Phong  trào</a><a href="/gioi-thieu">x</a>'
    [found] = read_listing(page.encode(), url=AT, site=SITE, content_type="text/html; charset=utf-8")
    assert (found.url, found.title) == ("http://baomau.example/tin-1.html", "Phong trào")


@pytest.mark.parametrize("reader", [read_feed, read_sitemap])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Trang khong ton tai</body></html>",
        b"{}",
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel/></rss>',
    ],
)
def test_what_is_no_feed_and_no_sitemap_is_an_error(reader, body: bytes) -> None:
    with pytest.raises(DiscoveryError, match=AT):
        reader(body, url=AT, site=SITE)


def test_a_gzip_bomb_is_not_unpacked() -> None:
    with pytest.raises(DiscoveryError, match="larger than 50 MB"):
        read_sitemap(gzip.compress(b" " * (60 << 20), 9), url=AT, site=SITE)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b\x08", b"<urlset>", b"<rss version='2.0'>", b"<feed"]))
def test_no_bytes_break_a_reader(body: bytes, head: bytes) -> None:
    for reader in (read_feed, read_sitemap, read_listing):
        try:
            found = reader(head + body, url=AT, site=SITE)
        except DiscoveryError:
            continue
        assert all(SITE.owns(row.url) for row in found)


def test_folding_makes_typed_without_marks_equal() -> None:
    assert fold("Thi Đua - Khen Thưởng") == fold("thi dua khen thuong") == "thi dua khen thuong"


@pytest.mark.parametrize(
    ("url", "title", "summary", "wanted"),
    [
        ("/a-1.html", "Phong trào thi đua yêu nước", None, True),
        ("/a-1.html", "Thời tiết ngày mai", "Cả nước nắng", False),
        ("/a-1.html", "Chuyện ở xã", "được tặng Bằng khen", True),
        ("/trao-tang-huan-chuong-lao-dong-hang-ba-1.html", None, None, True),
        ("/du-bao-thoi-tiet-ngay-mai-1.html", None, None, False),
        ("/Pages/detail.aspx?ItemID=3", None, None, True),
    ],
)
def test_the_topic_filter_leans_to_fetching(url: str, title: str | None, summary: str | None, wanted: bool) -> None:
    assert TopicFilter.load().may_be_on_topic(f"http://baomau.example{url}", title, summary) is wanted
