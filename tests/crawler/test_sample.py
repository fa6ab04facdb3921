"""The sample sites answer like real ones, and what is expected of them agrees with their sources."""

import dataclasses
import gzip
import http.client
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

import data
from crawler.sample import SampleError, SampleServer, serve
from crawler.sample.articles import load_articles, slug_of
from crawler.sample.expected import expected
from crawler.sample.marks import MarkError, split
from crawler.sample.pages import date_line, render_web
from crawler.sites import load_sites

LABELS = {"UNIT", "DIRECTIVE", "ANNIVERSARY", "AWARD", "CAMPAIGN"}
LEVELS: dict[str, set[str | None]] = {
    "UNIT": {"central", "province", "district", "commune", "base", "bloc"},
    "AWARD": {"state", "government", "ministry_province", "base", None},
}


@dataclasses.dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: SampleServer, url: str, method: str = "GET", absolute: bool = True, **headers: str) -> Reply:
    parts = urlsplit(url)
    target = parts._replace(scheme="", netloc="").geturl() or "/"
    connection = http.client.HTTPConnection(server.address, timeout=10)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, url if absolute else target, headers={"Host": parts.netloc, **names})
        response = connection.getresponse()
        return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def first() -> Iterator[SampleServer]:
    with serve(edition=1) as server:
        yield server


@pytest.fixture(scope="module")
def second() -> Iterator[SampleServer]:
    with serve(edition=2) as server:
        yield server


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data.SAMPLE / "expected.jsonl").read_text(encoding="utf-8").splitlines()]


def article_with(server: SampleServer, trait: str, site: str | None = None) -> str:
    """URL of an article that has the trait."""
    found = (a for a in server.web.articles.values() if trait in a.traits and site in {None, a.site})
    return server.web.addresses[next(found).id]


def test_every_address_answers(first: SampleServer) -> None:
    statuses = Counter[int]()
    for host, target in first.web.answers:
        reply = ask(first, f"http://{host}{target or '/khong-co/'}")
        statuses[reply.status] += 1
        assert reply.status == (first.web.answers[host, target].status)
    assert statuses[404] == 3 and statuses[301] == 1 and statuses[200] > 70


def test_every_article_shows_its_text(second: SampleServer) -> None:
    for name, url in second.web.addresses.items():
        article = second.web.articles[name]
        page = " ".join(html.document_fromstring(ask(second, url).body.decode()).text_content().split())
        page = unicodedata.normalize("NFC", page)
        assert article.title in page, name
        for block in article.blocks:
            for piece in [cell for row in block.cells for cell in row] if block.kind == "table" else block.plain:
                assert piece in page, (name, piece)


def test_listings_feeds_and_sitemaps_lead_to_every_article(second: SampleServer) -> None:
    reached: set[str] = set()
    for site in second.sites:
        for listing in site.start.listing:
            for url in [listing.url, *listing.further_pages()]:
                reply = ask(second, url)
                if reply.status == 404:
                    break
                page = html.document_fromstring(reply.body.decode())
                page.make_links_absolute(url)
                reached |= {link for _, _, link, _ in page.iterlinks() if site.is_article(link)}
        for url in site.start.sitemap:
            parts = etree.fromstring(ask(second, url).body).findall("{*}sitemap/{*}loc")
            assert len(parts) == 2 and any((part.text or "").endswith(".gz") for part in parts)
            for part in parts:
                body = ask(second, str(part.text)).body
                body = gzip.decompress(body) if str(part.text).endswith(".gz") else body
                reached |= {str(loc.text) for loc in etree.fromstring(body).findall("{*}url/{*}loc")}
        for url in site.start.rss:
            links = etree.fromstring(ask(second, url).body).findall("channel/item/link")
            assert links and all(site.is_article(str(link.text)) for link in links)
    assert set(second.web.addresses.values()) <= reached
    left = reached - set(second.web.addresses.values())
    assert len(left) == 5  # two dead, one moved, one shell, one closed


def test_profiles_know_their_articles(second: SampleServer) -> None:
    for name, url in second.web.addresses.items():
        site = next(site for site in second.sites if site.id == second.web.articles[name].site)
        assert site.is_article(url) and site.sample and site.connect == second.address


def test_addresses_do_not_depend_on_the_port(first: SampleServer) -> None:
    with serve(edition=1) as other:
        assert other.address != first.address
        assert other.web.addresses == first.web.addresses
        assert other.web.answers == first.web.answers
    port = first.address.rpartition(":")[2]
    assert not any(f":{port}".encode() in answer.body for answer in first.web.answers.values())


def test_host_header_alone_is_enough_and_an_unknown_host_is_refused(first: SampleServer) -> None:
    url = article_with(first, "nfd")
    assert ask(first, url, absolute=False).body == ask(first, url).body
    refused = ask(first, "http://baokhac.example/")
    assert refused.status == 421 and b"sonoivu.mau.thidua.example" in refused.body


def test_port_that_is_taken(first: SampleServer) -> None:
    with pytest.raises(OSError), serve(port=int(first.address.rpartition(":")[2])):
        pass


def test_unchanged_pages_answer_304(first: SampleServer) -> None:
    url = article_with(first, "date-nukeviet")
    reply = ask(first, url)
    assert ask(first, url, If_None_Match=reply.headers["etag"]).status == 304
    assert ask(first, url, If_Modified_Since=reply.headers["last-modified"]).status == 304
    assert ask(first, url, If_None_Match='"other"', If_Modified_Since=reply.headers["last-modified"]).status == 200
    assert ask(first, url, If_Modified_Since="Mon, 01 Jan 2018 00:00:00 GMT").status == 200
    assert ask(first, url, If_Modified_Since="hôm qua".encode().decode("latin-1")).status == 200
    assert ask(first, url, If_None_Match=reply.headers["etag"]).body == b""


def test_department_pages_have_no_validators(first: SampleServer) -> None:
    headers = ask(first, article_with(first, "nfd")).headers
    assert "etag" not in headers and "last-modified" not in headers


def test_edition_2_changes_two_articles_and_adds_two(first: SampleServer, second: SampleServer) -> None:
    assert sorted(set(second.web.articles) - set(first.web.articles)) == ["bqb-20", "snv-14"]
    changed = [name for name, article in second.web.articles.items() if "changes" in article.traits]
    assert sorted(changed) == ["bqb-16", "snv-13"]
    for name, article in second.web.articles.items():
        url = second.web.addresses[name]
        if name not in first.web.addresses:
            assert ask(first, url).status == 404
            continue
        assert first.web.addresses[name] == url
        assert (first.web.articles[name] == article) == (name not in changed)
        etag = ask(first, url).headers.get("etag")
        if etag is not None:
            assert ask(second, url, If_None_Match=etag).status == (200 if name in changed else 304)


def test_redirect_and_dead_link(first: SampleServer) -> None:
    (moved,) = [(host, target) for (host, target), answer in first.web.answers.items() if answer.status == 301]
    reply = ask(first, f"http://{moved[0]}{moved[1]}")
    assert reply.headers["location"] == first.web.addresses["dm-01"]
    assert ask(first, "http://sonoivu.mau.thidua.example/tin-tuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=2999").status == 404


def test_wrong_charset_header(first: SampleServer) -> None:
    reply = ask(first, article_with(first, "wrong-charset"))
    assert reply.headers["content-type"] == "text/html; charset=ISO-8859-1"
    assert "phòng, chống dịch" in reply.body.decode("utf-8")


def test_nfd_page_is_nfd(first: SampleServer) -> None:
    text = ask(first, article_with(first, "nfd")).body.decode()
    assert unicodedata.is_normalized("NFD", text) and not unicodedata.is_normalized("NFC", text)


def test_named_entities(first: SampleServer) -> None:
    body = ask(first, article_with(first, "entities")).body
    assert b"th&ocirc;ng" in body or b"c&ocirc;ng" in body


def test_shell_holds_no_text(first: SampleServer) -> None:
    reply = ask(first, "http://sonoivu.mau.thidua.example/tin-tuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=3050")
    assert reply.status == 200 and b"ms-rtestate-field" not in reply.body


def test_robots(first: SampleServer) -> None:
    texts = {site.id: ask(first, f"http://{site.hosts[0]}/robots.txt").body.decode() for site in first.sites}
    assert "Crawl-delay: 0" in texts["cong-dak-mil"]
    assert "Disallow: /ban-in/" in texts["bao-quang-binh"]
    assert any(target.startswith("/ban-in/") for _, target in first.web.answers)


def test_gzip_head_and_images(first: SampleServer) -> None:
    url = article_with(first, "date-nukeviet")
    packed, plain = ask(first, url, Accept_Encoding="gzip, deflate"), ask(first, url)
    assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body
    head = ask(first, url, method="HEAD")
    assert head.body == b"" and head.headers["content-length"] == str(len(plain.body))
    assert ask(first, "http://dakmil.mau.thidua.example/uploads/logo.png").body.startswith(b"GIF89a")


def test_header_clock_and_counters_are_traps(first: SampleServer) -> None:
    for name, url in first.web.addresses.items():
        body = ask(first, url).body.decode()
        assert "06/05/2024" in body and not (first.web.articles[name].published or "").startswith("2024-05-06")


def test_expected_answers_are_up_to_date(answers: list[dict[str, Any]]) -> None:
    made = [json.loads(json.dumps(line)) for line in expected()]
    assert made == answers, "run `python -m crawler.sample.expected`"


def test_expected_readings_follow_the_form(answers: list[dict[str, Any]]) -> None:
    for line in answers:
        reading = line["reading"]
        text, mentions = reading["text"], reading["mentions"]
        assert unicodedata.is_normalized("NFC", text), line["id"]
        assert text == "\n\n".join([line["page"]["title"], *line["page"]["paragraphs"]])
        assert "[[" not in text and "]]" not in text
        assert len({mention["id"] for mention in mentions}) == len(mentions)
        for mention in mentions:
            words = mention["text"]
            assert text[mention["start"] : mention["end"]] == words, (line["id"], words)
            assert words == words.strip(" “”\"'.,;:") and mention["label"] in LABELS, (line["id"], words)
            if mention["label"] in LEVELS:
                assert mention["level"] in LEVELS[mention["label"]], (line["id"], words)
        for one in mentions:
            for other in mentions:
                crosses = one["start"] < other["start"] < one["end"] < other["end"]
                assert not crosses, (line["id"], one["text"], other["text"])


def test_expected_values_can_be(answers: list[dict[str, Any]]) -> None:
    for line in answers:
        by_id = {mention["id"]: mention for mention in line["reading"]["mentions"]}
        for mention in by_id.values():
            if mention["label"] == "DIRECTIVE" and mention["code"]:
                assert mention["code"] in mention["text"] or mention["number"] in mention["text"], mention
            if mention["label"] == "ANNIVERSARY" and mention["nth"] and mention["anniversary_date"]:
                years = [int(mention[key][:4]) for key in ("event_date", "anniversary_date")]
                assert years[1] - years[0] == mention["nth"], mention
            if mention["label"] == "UNIT" and mention["level"] in {"district", "commune"}:
                assert mention["canonical"].endswith(f"tỉnh {mention['province']}"), mention
            if mention["label"] == "UNIT":
                assert "UBND" not in mention["canonical"], mention
        for record in line["reading"]["awards"]:
            mention = by_id[record["mention"]]
            assert all(record[key] == mention[key] for key in ("award", "class", "authority", "level"))
            assert record["status"] in {"conferred", "proposed", "registered"}
            assert record["recipient_kind"] in {"collective", "individual", "household", "mixed", None}
            assert record["recipient"] is None or record["quantity"] == 1


def test_marked_once_marked_always(answers: list[dict[str, Any]]) -> None:
    """A name that is marked somewhere in an article is marked wherever the article has it as a whole."""
    for line in answers:
        reading = line["reading"]
        spans = [(mention["start"], mention["end"]) for mention in reading["mentions"]]
        for words in {m["text"] for m in reading["mentions"] if m["label"] in {"UNIT", "AWARD"} and " " in m["text"]}:
            place = reading["text"].find(words)
            while place >= 0:
                inside = any(start <= place and place + len(words) <= end for start, end in spans)
                title = reading["text"][:place].endswith(("Thủ tướng ", "nguyên ")) or words in PLACE_NAMES
                assert inside or title, (line["id"], reading["text"][place - 20 : place + len(words) + 10])
                place = reading["text"].find(words, place + 1)


PLACE_NAMES = {
    "Thái Bình", "Hà Nam", "Ninh Bình", "Hải Dương", "Hưng Yên", "Đắk Gằn", "Đắk N'Drót", "Long Sơn", "Cư Jút",
    "Krông Nô", "Đắk Song", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Thừa Thiên Huế", "Chính phủ",
}  # fmt: skip
"""Provinces, districts and communes, which are units only inside an enumeration of organs."""


def test_the_sites_hold_what_they_promise(answers: list[dict[str, Any]]) -> None:
    traits = Counter(trait for line in answers for trait in line["traits"])
    assert len({line["id"] for line in answers}) >= 48
    assert traits["off-topic"] >= 8
    for trait in (
        "no-date", "day-only-date", "date-cap-nhat", "date-thu-so", "date-thu-gach", "date-iso-meta",
        "byline-none", "byline-bare", "byline-spaces", "byline-tac-gia-nguon", "byline-tac-gia",
        "syndicated", "changes", "edition-2-only", "nfd", "wrong-charset", "entities",
        "table-of-winners", "winners-lines", "many-codes", "short-codes", "registered", "rules-only",
    ):  # fmt: skip
        assert traits[trait], trait
    for line in answers:
        if "off-topic" in line["traits"]:
            assert {mention["label"] for mention in line["reading"]["mentions"]} <= {"UNIT"}


def test_syndicated_copy_has_the_same_body_and_another_headline(answers: list[dict[str, Any]]) -> None:
    copy = next(line for line in answers if "syndicated" in line["traits"])
    original = next(line for line in answers if "syndicated-original" in line["traits"])
    assert copy["page"]["paragraphs"] == original["page"]["paragraphs"]
    assert copy["page"]["title"] != original["page"]["title"] and copy["site"] != original["site"]


def test_marks() -> None:
    text, found = split("tặng [[A.co:Cờ thi đua của [[U:Chính phủ]]]] cho")
    assert text == "tặng Cờ thi đua của Chính phủ cho"
    assert [(m.label, m.key, text[m.start : m.end]) for m in found] == [
        ("A", "co", "Cờ thi đua của Chính phủ"),
        ("U", "Chính phủ", "Chính phủ"),
    ]
    for wrong in ("[[U:Sở Nội vụ", "Sở Nội vụ]]"):
        with pytest.raises(MarkError):
            split(wrong)


def test_slug() -> None:
    assert slug_of("Đắk Mil: “Ký giao ước” 2021") == "dak-mil-ky-giao-uoc-2021"


def test_bad_sources_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "so-noi-vu"
    folder.mkdir(parents=True)
    (folder / "snv-99.toml").write_text("title = [", encoding="utf-8")
    with pytest.raises(SampleError, match=r"snv-99\.toml"):
        load_articles(tmp_path)
    (folder / "snv-99.toml").write_text("title = 'Không có thân bài'\nbody = ''\n", encoding="utf-8")
    with pytest.raises(SampleError, match=r"snv-99\.toml.*item"):
        load_articles(tmp_path)
    whole = "item = '1'\nsection = 'tin-tuc'\ntitle = 'Tin'\nbody = 'Tin.'\n"
    (folder / "snv-99.toml").write_text(whole, encoding="utf-8")
    with pytest.raises(SampleError, match=r"snv-99\.toml.*listed"):
        load_articles(tmp_path)
    (folder / "snv-99.toml").write_text(whole + "published = '32/13/2020'\n", encoding="utf-8")
    with pytest.raises(SampleError, match=r"snv-99\.toml"):
        load_articles(tmp_path)
    (folder / "snv-99.toml").write_text(whole + "copy_of = 'snv-98'\npublished = '2020-01-01'\n", encoding="utf-8")
    with pytest.raises(SampleError, match="snv-98"):
        load_articles(tmp_path)
    (folder / "snv-99.toml").rename(folder / "snv-99.2.toml")
    with pytest.raises(SampleError, match=r"snv-99\.toml"):
        load_articles(tmp_path)
    with pytest.raises(SampleError, match="unknown date form"):
        date_line("khac", load_articles(data.SAMPLE)[0].listed)
    with pytest.raises(SampleError, match="edition 3"):
        render_web(load_sites(data.SAMPLE / "sites"), data.SAMPLE, 3)
