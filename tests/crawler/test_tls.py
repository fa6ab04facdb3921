"""Certificates are verified; a profile can complete a chain."""

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.sites import Listing, Start
from tests.crawler.conftest import WebServer, Workplace, make_site


@pytest.fixture
def certificate(web: WebServer, tmp_path: Path) -> Path:
    """Makes the test server speak TLS with a certificate nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    only = tmp_path / "ca.pem"
    only.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return only


def test_an_unknown_certificate_is_refused_and_one_the_profile_names_is_not(
    web: WebServer, place: Workplace, certificate: Path
) -> None:
    web.listing("/", [web.article(1)])
    start = Start(listing=(Listing(url=f"https://{web.host}/"),))
    strict = make_site(web.host, start=start)
    assert place.crawl(strict).requests == 0  # robots.txt cannot be had
    assert web.asked == []
    told = strict.model_copy(update={"ca_file": certificate})
    assert place.crawl(told).outcomes == {"fetched": 1}
