"""How much memory a crawling process needs."""

from contextlib import suppress
from pathlib import Path


class Memory:
    """Looks up how much memory this process's children held at most, at every step of a crawl."""

    def __init__(self) -> None:
        self.megabytes = 0.0

    def look(self, _step: object) -> None:
        for task in Path("/proc/self/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # threads and processes come and go
                for child in (task / "children").read_text().split():
                    told = (Path("/proc") / child / "status").read_text()
                    peak = next(line for line in told.splitlines() if line.startswith("VmHWM"))
                    self.megabytes = max(self.megabytes, int(peak.split()[1]) / 1024)
