"""The profiles of the package: every province of today, each host once, facts that agree with each other."""

import csv

import pytest

import data
from crawler.sites import FAMILIES, KINDS, Site, load_sites

CENTRAL = "Trung ương"
SITES = load_sites()


def provinces(*, today: bool) -> set[str]:
    with (data.LEXICON / "provinces.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"] for row in csv.DictReader(file) if not (today and row["valid_to"])}


def test_there_are_profiles_for_the_whole_country() -> None:
    assert len(SITES) >= 110
    assert {site.family for site in SITES.values()} == set(FAMILIES)
    assert {site.kind for site in SITES.values()} >= set(KINDS) - {"district", "aggregator"}
    now = provinces(today=True)
    assert len(now) == 34
    for kind in ("newspaper", "province_portal"):
        assert {site.province_now for site in SITES.values() if site.kind == kind and site.active} >= now


def test_each_host_belongs_to_one_profile() -> None:
    owners: dict[str, str] = {}
    for site in SITES.values():
        for host in site.hosts:
            name = host.removeprefix("www.")
            assert owners.setdefault(name, site.id) == site.id, f"{name}: {owners[name]} and {site.id}"


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_a_profile_is_sound(site: Site) -> None:
    names = provinces(today=False) | {CENTRAL}
    assert {site.province, *site.covers} <= names
    assert site.province_now in provinces(today=True) | {CENTRAL}
    assert site.province not in site.covers
    assert site.id == site.hosts[0]
    assert site.evidence
    assert not site.sample
    assert all(site.is_article(url) for url in site.examples)
    assert site.examples or any(
        word in site.evidence for word in ("guess", "shape", "usual", "settings", "public file")
    )
    for listing in site.start.listing:
        assert not site.is_article(listing.url), f"{listing.url} would be taken for an article"
    assert not site.is_article(f"https://{site.hosts[0]}/")
    assert len({layout.until for layout in site.layout}) == len(site.layout)
