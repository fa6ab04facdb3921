"""The working state of reading one article: what each step finds, the next ones build on."""

from dataclasses import dataclass, field
from datetime import date

from nlp.fold import fold
from nlp.layout import Layout, Span
from nlp.scan import Hit
from nlp.values import ArticleFacts, AwardRecord, Mention, Value


@dataclass(slots=True)
class Source:
    """What is known of an article besides its text. `published`: day of publication; `province`: of the publisher."""

    id: str = ""
    title: str = ""
    published: date | None = None
    url: str | None = None
    province: str | None = None


@dataclass(slots=True)
class Reading:
    """One article in work. All offsets are characters of `text` (NFC); `folded` has the same length."""

    text: str
    source: Source
    folded: str = ""
    layout: Layout = field(init=False)
    title: Span = field(init=False)
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    records: list[AwardRecord] = field(default_factory=list)
    facts: ArticleFacts = field(default_factory=ArticleFacts)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        self.layout = Layout(self.text)
        self.title = Span(0, self.layout.lines[0].end) if self.layout.lines else Span(0, 0)

    def of(self, kind: type[Value]) -> list[Mention]:
        """Return the mentions whose value is of `kind`, in text order."""
        return sorted((m for m in self.mentions if isinstance(m.value, kind)), key=lambda m: (m.start, -m.end))

    def hits_in(self, kind: str, start: int, end: int) -> list[Hit]:
        """Return the hits of `kind` that lie wholly in `start`:`end`."""
        return [h for h in self.hits.get(kind, ()) if h.start >= start and h.end <= end]
