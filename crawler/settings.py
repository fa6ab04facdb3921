"""Every Scrapy setting of ours, each with its reason. What is not here is Scrapy's default."""

from __future__ import annotations

from typing import Any

from crawler.report import CrawlJob
from crawler.sites import SHORTEST_REAL_DELAY, Site

ROBOTS_NAME = "thidua"
"""The name by which a robots.txt can address us."""


def user_agent(contact: str | None) -> str:
    """Who we say we are. `contact` is an address or page where the operator of this crawl can be reached."""
    return f"{ROBOTS_NAME}/0.1 (crawler of public news on emulation and commendation; {contact or 'sample sites'})"


PAGE_LARGEST = 8 * 1024 * 1024
"""Bytes of a page. The saved portal pages we have are well under 1 MB; what is ten times that is a file or a trap."""


def slot_of(site: Site) -> str:
    """Name of the queue a site's requests wait in: sites on one host share one, so that the host sees one visitor."""
    return site.hosts[0].removeprefix("www.")


def scrapy_settings(job: CrawlJob) -> dict[str, Any]:
    """Settings for one process that does a job: crawls all of its sites."""
    sites = job.sites
    return {
        # Who we are. No disguise: an operator must be able to name us in robots.txt and to write to us.
        "BOT_NAME": "thidua",
        "USER_AGENT": user_agent(job.contact),
        "ROBOTSTXT_USER_AGENT": ROBOTS_NAME,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
        },
        # No cookies, no referrer: every visit is a stranger's, and pages come as a stranger sees them.
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        # robots.txt is law; crawler.robots makes "unreachable" mean "no" and reads Crawl-delay.
        "ROBOTSTXT_OBEY": True,
        # One request at a time to a site, and never two within its delay, whichever of its names is used.
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_SLOTS": {
            slot_of(site): {
                "concurrency": 1,
                "delay": max(other.download_delay for other in sites if slot_of(other) == slot_of(site)),
                "jitter": 0,  # a delay is a promise: jitter would halve it now and then
            }
            for site in sites
        },
        # For hosts that no profile names (there should be none): the shortest delay a profile may state.
        "DOWNLOAD_DELAY": SHORTEST_REAL_DELAY,
        "DOWNLOAD_DELAY_JITTER": 0,
        # Sites are independent: as many at once as there are, each in its own pace. 0 would mean no bound at all.
        "CONCURRENT_REQUESTS": max(16, len(sites) + 8),
        # A server that slows down is asked less often (crawler.politeness keeps the profile's delay as the floor).
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": SHORTEST_REAL_DELAY,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        # A dead server may cost this much and no more: connection and body together, once tried again.
        "DOWNLOAD_TIMEOUT": job.patience.download,
        "DNS_TIMEOUT": job.patience.dns,
        "RETRY_TIMES": 1,
        # 429 and 503 are not retried here but where Retry-After is read (crawler.visit).
        "RETRY_HTTP_CODES": [408, 500, 502, 504, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        # Bounds. The limit on size holds for the unpacked body too, so a gzip bomb stops there.
        "DOWNLOAD_MAXSIZE": PAGE_LARGEST,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,  # a body shorter than announced is no page
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,  # portals reload themselves by it; a page that only refreshes is kept as it is
        # Scrapy's default verifies no certificate.
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # Doors into the running process, both on by default.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # No request to private addresses, not even after a redirect or by DNS.
        "TWISTED_DNS_RESOLVER": "crawler.gate.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.gate.SiteGate": 10,  # first of all: what it refuses does not even ask for robots.txt
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the gate knows hosts with ports
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.StrictRobotsMiddleware": 100,
        },
        "EXTENSIONS": {
            "crawler.politeness.CrawlDelay": 10,
            "scrapy.extensions.throttle.AutoThrottle": None,
            "crawler.politeness.FlooredAutoThrottle": 20,
        },
        # What the gate and the spider must know of the sites.
        "THIDUA_SITES": list(sites),
        # The log is a file beside the state: standard output carries progress and the report.
        "LOG_FILE": str(job.log_file),
        "LOG_LEVEL": "INFO",
        "STATS_DUMP": False,
    }
