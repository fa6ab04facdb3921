"""The bundled sample sites: three small sites written for this project, served on loopback and crawled like real ones."""

from crawler.sample.articles import SampleArticle, SampleError
from crawler.sample.server import SampleServer, Visit, serve

__all__ = ["SampleArticle", "SampleError", "SampleServer", "Visit", "serve"]
