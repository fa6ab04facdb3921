"""Pages of unknown make: no selectors, all reasoning from the page itself."""

from crawler.families.base import Family


class Generic(Family):
    name = "generic"
