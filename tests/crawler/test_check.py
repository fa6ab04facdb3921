"""A profile checked against a site on loopback: what is there, what is closed, what is gone."""

import socket

import pytest

from crawler.check import SiteCheck, check_site
from crawler.fetch import CONTACT_VARIABLE, CrawlError
from crawler.sample import serve
from crawler.sites import Listing, Site, Start
from tests.crawler.conftest import Page, WebServer, make_site

ARTICLE = """<html><head><title>Xã Minh Hóa đón Bằng khen</title></head><body><h1>Xã Minh Hóa đón Bằng khen</h1>
<p class="date">Thứ Hai, 23/11/2026 - 08:15</p><div class="content">
<p>Sáng 23/11, xã Minh Hóa tổ chức lễ đón Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh tặng nhân dân và cán bộ xã.</p>
<p>Xã có hai tập thể và năm cá nhân được khen thưởng dịp này vì đã hiến đất, góp công làm đường liên thôn.</p>
</div></body></html>"""


def outcomes(check: SiteCheck) -> list[tuple[str, str, int]]:
    return [(start.kind, start.outcome, start.articles) for start in check.starts]


def test_the_sample_sites_pass() -> None:
    with serve() as server:
        for site in server.sites:
            check = check_site(site)
            assert (check.reachable, check.robots, check.problems) == (True, "allows", ())
            assert [start.kind for start in check.starts] == [
                *("rss" for _ in site.start.rss),
                *("sitemap" for _ in site.start.sitemap),
                *("listing" for _ in site.start.listing),
            ]
            assert all(start.articles for start in check.starts)
            assert check.page is not None
            assert site.is_article(check.page.url)
            assert check.page.title
            assert check.page.characters > 100


def with_all_starts(web: WebServer) -> Site:
    start = Start(
        rss=(f"{web.base}/rss",),
        sitemap=(f"{web.base}/map",),
        listing=(Listing(url=f"{web.base}/tin", page_url=f"{web.base}/tin?page={{page}}"),),
    )
    return make_site(web.host, start=start)


def test_a_check_is_a_handful_of_requests(web: WebServer) -> None:
    web.html("/tin-1.html", ARTICLE)
    web.html("/rss", f"<rss version='2.0'><channel><item><link>{web.base}/tin-1.html</link></item></channel></rss>")
    web.html("/map", "<sitemapindex>" + "".join(f"<sitemap><loc>/m{n}</loc></sitemap>" for n in range(9)))
    for number in range(9):
        web.html(f"/m{number}", f"<urlset><url><loc>{web.base}/tin-{number}.html</loc></url></urlset>")
    web.listing("/tin", ["/tin-1.html", "/tin-2.html"])
    check = check_site(with_all_starts(web))
    assert check.requests == 7
    assert outcomes(check) == [("rss", "fetched", 1), ("sitemap", "fetched", 1), ("listing", "fetched", 2)]
    assert check.page is not None
    assert (check.page.title, check.page.published_at) == ("Xã Minh Hóa đón Bằng khen", "2026-11-23T08:15:00+07:00")
    assert check.ok


def test_start_points_that_are_gone_are_named_and_the_example_is_tried(web: WebServer) -> None:
    web.html("/tin-7.html", ARTICLE)
    web.html("/tin", "<p>Trang đang được nâng cấp</p>")
    web.html("/map", "<html>Không tìm thấy</html>")
    site = with_all_starts(web).model_copy(update={"examples": (f"{web.base}/tin-7.html",)})
    check = check_site(site)
    assert outcomes(check) == [("rss", "not_found", 0), ("sitemap", "failed:unreadable", 0), ("listing", "empty", 0)]
    assert check.page is not None
    assert check.page.url == f"{web.base}/tin-7.html"
    assert [problem.split(": ")[-1] for problem in check.problems] == ["not_found", "failed:unreadable", "empty"]


def test_an_article_that_is_gone_or_none_is_a_problem(web: WebServer) -> None:
    web.listing("/", ["/tin-1.html"])
    gone = check_site(make_site(web.host))
    assert gone.page is not None
    assert gone.page.outcome == "not_found"
    web.html("/tin-1.html", "<h1>Tin</h1>")
    empty = check_site(make_site(web.host))
    assert empty.page is not None
    assert empty.page.reason
    assert "is no article to the parser" in empty.problems[-1]


def test_closed_by_robots(web: WebServer) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /")
    check = check_site(make_site(web.host, examples=(f"{web.base}/tin-1.html",)))
    assert (check.reachable, check.robots, check.requests) == (True, "forbids", 0)
    assert check.problems == ("robots.txt forbids all start points of the profile",)
    assert {path for path, _ in web.asked} == {"/robots.txt"}


def test_robots_that_cannot_be_had(web: WebServer) -> None:
    web.pages["/robots.txt"] = Page(status=503)
    check = check_site(make_site(web.host))
    assert (check.reachable, check.robots) == (True, "unreachable")
    assert "failed:http-503" in check.problems[0]


def test_a_closed_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        check = check_site(make_site(f"127.0.0.1:{taken.getsockname()[1]}"))
    assert (check.reachable, check.robots, check.page) == (False, "unreachable", None)
    assert "cannot be reached (failed:connection)" in check.problems[0]


def test_a_real_site_is_not_checked_without_a_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONTACT_VARIABLE, raising=False)
    with pytest.raises(CrawlError, match=CONTACT_VARIABLE):
        check_site(make_site("baomau.example", sample=False, download_delay=2))
