from pathlib import Path

import pytest

import data
from crawler.sites import SiteError, find_site, load_site, load_sites
from crawler.urls import canonical_url

GOOD = """\
id = "baomau"
name = "Báo Mẫu"
kind = "newspaper"
family = "yyyymm"
province = "Quảng Bình"
province_now = "Quảng Trị"
hosts = ["baomau.vn"]
article_url = '/\\d{6}/[^/]+-[0-9a-f]{7}/?$'
notes = '''
family = 3
'''

[start]
rss = [
  "https://baomau.vn/rss/home.rss",
]

[[start.listing]]
url = "https://baomau.vn/chinh-tri/"

[[start.listing]]
url = "https://baomau.vn/xa-hoi/"
page_url = "https://baomau.vn/xa-hoi/?page={page}"
max_pages = 2
"""


def write(folder: Path, text: str, name: str = "baomau.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_is_read(tmp_path: Path) -> None:
    site = load_site(write(tmp_path, GOOD))
    assert site.download_delay == 2.0
    assert list(site.start.listing[1].further_pages()) == [
        "https://baomau.vn/xa-hoi/?page=2",
        "https://baomau.vn/xa-hoi/?page=3",
    ]
    assert site.is_article("https://www.baomau.vn/chinh-tri/202407/mot-tin-e635eaf/")
    assert not site.is_article("https://baomau.vn/chinh-tri/")
    assert not site.is_article("https://other.vn/chinh-tri/202407/mot-tin-e635eaf/")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ('"yyyymm"', '"yyymm"', 4, "family", "did you mean 'yyyymm'?"),
        ('"newspaper"', '"paper"', 3, "kind", "known: newspaper"),
        ('province = "Quảng Bình"\n', "", 1, "province", "is missing"),
        ("'''\n\n[start]", "'''\ndownlod_delay = 3\n\n[start]", 12, "downlod_delay", "did you mean 'download_delay'?"),
        ("'''\n\n[start]", "'''\ndownload_delay = 0\n\n[start]", 12, "download_delay", "at least 1 s"),
        ('"baomau"', '"baokhac"', 1, "id", "must be the file's name"),
        ("-[0-9a-f]{7}", "-[0-9a-f{7}", 8, "article_url", "is not a regular expression"),
        ("page={page}", "page=", 23, "start.listing.1.page_url", "needs {page}"),
        ("https://baomau.vn/xa-hoi/?", "https://khac.vn/?", 23, "start.listing.1.page_url", "not on this site's hosts"),
        ("https://baomau.vn/rss", "ftp://baomau.vn/rss", 14, "start.rss.0", "http:// or https://"),
        ('"baomau.vn"', '"http://baomau.vn"', 7, "hosts", "without scheme and path"),
        ("max_pages", "max_page", 24, "start.listing.1.max_page", "did you mean 'max_pages'?"),
        ("[start]", "connect = '127.0.0.1:80'\n[start]", 13, "connect", "set by the program"),
        ("[start]", "examples = ['https://baomau.vn/x']\n[start]", 13, "examples.0", "is not an article"),
        ("[start]", "timezone = 'Asia/Hanoi'\n[start]", 13, "timezone", "Asia/Ho_Chi_Minh"),
        ("[start]", "ca_file = 'none.pem'\n[start]", 13, "ca_file", "no such file"),
        ("[start]", "[start", 13, "", "is not TOML"),
    ],
)
def test_an_error_names_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, key: str, says: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(SiteError) as caught:
        load_site(path)
    error = caught.value
    assert (error.file, error.line, error.key) == (path, line, key)
    assert says in error.message
    assert str(error).startswith(f"{path}:{line}: {key}")


def test_all_errors_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('"yyyymm"', '"x"').replace('"newspaper"', '"y"'))
    write(tmp_path, GOOD, "khac.toml")
    with pytest.raises(SiteError) as caught:
        load_sites(tmp_path)
    errors = [caught.value, *caught.value.others]
    assert [(error.file.name, error.key) for error in errors] == [
        ("baomau.toml", "kind"),
        ("baomau.toml", "family"),
        ("khac.toml", "id"),
    ]


def test_the_sample_profiles_are_marked_so() -> None:
    assert all(site.sample for site in load_sites(data.SAMPLE / "sites").values())


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/tin.html#top", "https://baomau.vn/tin.html"),
        ("http://baomau.vn/tin.html?utm_source=zalo&b=2&a=1", "https://baomau.vn/tin.html?a=1&b=2"),
        ("//www.baomau.vn/x", "https://www.baomau.vn/x"),
        ("thi đua.html", "https://baomau.vn/muc/thi%20%C4%91ua.html"),
        ("https://khac.vn/", None),
        ("javascript:void(0)", None),
        (" ", None),
        ("mailto:toasoan@baomau.vn", None),
        ("http://[broken", None),
        ("/" + "x" * 3000, None),
    ],
)
def test_a_page_has_one_address(tmp_path: Path, link: str, expected: str | None) -> None:
    site = load_site(write(tmp_path, GOOD))
    assert canonical_url(link, site, base="https://baomau.vn/muc/") == expected


def test_the_site_of_an_address_is_the_one_whose_articles_look_so(tmp_path: Path) -> None:
    one = load_site(write(tmp_path, GOOD))
    two = one.model_copy(update={"id": "khac", "article_url": r"/so-noi-vu/"})
    assert find_site([one, two], "https://baomau.vn/so-noi-vu/1") == two
    assert find_site([one, two], "https://baomau.vn/") == one
    assert find_site([one, two], "https://khac.vn/") is None
