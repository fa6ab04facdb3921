"""Years back: what addresses and listings tell of days, and how far `since` turns the pages."""

import datetime as dt
from collections.abc import Callable

import pytest

from crawler.day_hints import days_of_address
from crawler.discovery import read_listing
from crawler.found import Days
from crawler.sites import Listing, Site, Start
from tests.crawler.conftest import WebServer, Workplace, make_site
from tests.crawler.test_fetch import stored

LAST = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/thoi-su/202407/mot-tin-e635eaf/", "2024-07-01", "2024-07-31"),
        ("/channel/5091/201702/phong-chong-2517330/", "2017-02-01", "2017-02-28"),
        ("/tet-thoi-bao-cap/d20230112091014465.htm", "2023-01-12", "2023-01-12"),
        ("/chu-tich-ubnd-196250812153150906.htm", "2025-08-12", "2025-08-12"),
        ("/hop-hoi-dong-26092023-a120241.html", "2023-09-26", "2023-09-26"),
        ("/portal/Pages/2020-5-29/VPUB--Nam-2019kd6fqr.aspx", "2020-05-29", "2020-05-29"),
        ("/portal/Pages/2015-08/NhE1.aspx", "2015-08-01", "2015-08-31"),
        ("/2019/03/08/ngay-phu-nu/", "2019-03-08", "2019-03-08"),
        ("/sitemaps/sitemap-2020-05.xml.gz", "2020-05-01", "2020-05-31"),
    ],
)
def test_an_address_states_a_day_or_a_month(path: str, first: str, last: str) -> None:
    days = Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert days_of_address(f"https://baomau.vn{path}") == days


@pytest.mark.parametrize(
    "path", ["/tin-3186063.html", "/thoi-su/202413/x-e635eaf/", "/a-30022023-a1.html", "/nam-2020-a130464.html", "/"]
)
def test_other_numbers_are_no_days(path: str) -> None:
    assert days_of_address(f"https://baomau.vn{path}") is None


def test_a_listings_rows_print_days() -> None:
    page = """<div class="head">Thứ Ba, 24/11/2026</div><ul>
      <li><a href="/tin-1.html"><img></a><h3><a href="/tin-1.html">Nhớ 19/8/1945</a></h3><span>(12/03/2019)</span></li>
      <li><h3><a href="/tin-2.html">Hai</a></h3><time datetime="2019-03-11T08:00:00+07:00">hôm kia</time></li>
      <li><h3><a href="/tin-3.html">Ba</a></h3><p>Ngày 10/3/2019, tại hội trường Ủy ban nhân dân tỉnh, Sở Nội vụ đã
        tổ chức hội nghị</p></li>
      <li><h3><a href="/tin-4.html">Bốn</a></h3><i>Đăng ngày: 09/03/2019</i><i>08/03/2019</i></li></ul>"""
    site = make_site("baomau.example")
    found = read_listing(
        page.encode(), url="http://baomau.example/", site=site, content_type="text/html; charset=utf-8"
    )
    days = [row.listed.first.isoformat() if row.listed else None for row in found]
    assert days == ["2019-03-12", "2019-03-11", None, None]


def make_listing(web: WebServer, pages: int, print_day: Callable[[dt.date], str]) -> Site:
    """A listing of one article a page, each a month older than the one before; the news of the day beside it."""
    for number in range(pages):
        day = LAST - dt.timedelta(days=30 * number)
        path = web.article(number)
        beside = f"<div><a href='{web.article(999)}'>Mới</a> <b>24/11/2026</b></div>"
        row = f"<li><a href='{path}'>Tin {number}</a> <span>{print_day(day)}</span></li>"
        web.html("/" if number == 0 else f"/?page={number + 1}", beside + row)
    listing = Listing(url=f"{web.base}/", page_url=f"{web.base}/?page={{page}}", max_pages=2)
    return make_site(web.host, start=Start(listing=(listing,)))


def printed(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def test_since_turns_pages_until_the_days_have_passed_it(web: WebServer, place: Workplace) -> None:
    site = make_listing(web, 12, printed)
    assert place.crawl(site).outcomes == {"fetched": 4}  # three pages: the profile's bound
    web.asked.clear()
    since = LAST - dt.timedelta(days=30 * 7 + 1)
    report = place.crawl(site, since=since)
    assert (web.count("/?page=9"), web.count("/?page=10")) == (1, 0)
    assert report.sites["baomau"].new == 6
    assert f"{web.base}/tin-7.html" in {capture.url for capture in stored(place)}
    assert f"{web.base}/tin-8.html" not in {capture.url for capture in stored(place)}  # seen, but before `since`


def test_until_leaves_later_articles_unfetched(web: WebServer, place: Workplace) -> None:
    site = make_listing(web, 6, printed)
    place.crawl(site, since=LAST - dt.timedelta(days=121), until=LAST - dt.timedelta(days=59))
    assert sorted(capture.url[-10:] for capture in stored(place)) == ["tin-2.html", "tin-3.html", "tin-4.html"]


def test_a_listing_without_days_stops_at_the_profiles_bound(web: WebServer, place: Workplace) -> None:
    site = make_listing(web, 8, lambda day: "Chi tiết")
    place.crawl(site, since=dt.date(2020, 1, 1))
    assert (web.count("/?page=3"), web.count("/?page=4")) == (1, 0)


def test_a_backfill_leaves_half_of_the_requests_for_articles(web: WebServer, place: Workplace) -> None:
    site = make_listing(web, 40, printed).model_copy(update={"max_requests": 20})
    report = place.crawl(site, since=dt.date(2000, 1, 1))
    assert report.outcomes["fetched"] == 10
    assert report.sites["baomau"].gave_up == "max_requests: the profile allows 20 a run"


def test_sitemaps_outside_the_window_are_passed_over_and_read_later(web: WebServer, place: Workplace) -> None:
    names = "".join(f"<sitemap><loc>{web.base}/sitemap-{year}-05.xml</loc></sitemap>" for year in (2018, 2019, 2020))
    web.html("/map", f"<sitemapindex>{names}</sitemapindex>")
    for year in (2018, 2019, 2020):
        entry = f"<url><loc>{web.base}{web.article(year)}</loc></url>"
        web.html(f"/sitemap-{year}-05.xml", f"<urlset>{entry}</urlset>")
    site = make_site(web.host, start=Start(sitemap=(f"{web.base}/map",)))
    assert place.crawl(site, since=dt.date(2019, 1, 1), until=dt.date(2019, 12, 31)).outcomes == {"fetched": 1}
    assert place.crawl(site).sites["baomau"].new == 2
