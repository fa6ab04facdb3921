"""The bundled sample sites: three small sites of our own, served on loopback, crawled like real ones."""

from crawler.sample.articles import SampleArticle, SampleError
from crawler.sample.server import SampleServer, Visit, serve

__all__ = ["SampleArticle", "SampleError", "SampleServer", "Visit", "serve"]
