"""The working state of reading one article: what each step finds, the next ones build on."""

from dataclasses import dataclass, field
from datetime import date

from nlp.fold import clean, fold
from nlp.layout import Layout, Span
from nlp.mention_index import MentionIndex
from nlp.places.geography import Geography
from nlp.scan import Hit
from nlp.values import ArticleFacts, AwardRecord, Mention, Value
from nlp.words import Words


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
    """One article in work.

    `given` is the article's own text in NFC, `text` is it made clean (`nlp.fold.clean`). All offsets in work are
    characters of the clean text, and `folded` has its length; `place` gives the offsets in `given`.
    """

    given: str
    source: Source
    text: str = field(init=False)
    folded: str = field(init=False)
    layout: Layout = field(init=False)
    title: Span = field(init=False)
    words: Words = field(init=False)
    geography: Geography = field(default_factory=Geography)
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    records: list[AwardRecord] = field(default_factory=list)
    facts: ArticleFacts = field(default_factory=ArticleFacts)
    _offsets: list[int] | None = field(init=False)
    _indexes: dict[type[Value], MentionIndex] = field(default_factory=dict)
    _indexed: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.text, self._offsets = clean(self.given)
        self.folded = fold(self.text)
        self.layout = Layout(self.text)
        self.words = Words(self.text, self.folded)
        self.title = Span(0, self.layout.lines[0].end) if self.layout.lines else Span(0, 0)

    def offset(self, position: int) -> int:
        """Return where a character of the clean text stands in `given`."""
        return position if self._offsets is None else self._offsets[position]

    def place(self, mention: Mention) -> tuple[int, int]:
        """Return where a mention stands in `given`: start and end."""
        if self._offsets is None:
            return mention.start, mention.end
        return self._offsets[mention.start], self._offsets[mention.end - 1] + 1

    def of(self, kind: type[Value]) -> list[Mention]:
        """Return the mentions whose value is of `kind`, in text order. The list is shared: do not change it."""
        return self.index(kind).all

    def index(self, kind: type[Value]) -> MentionIndex:
        """Return the mentions of `kind` for look-up by position; made anew when mentions were added or dropped."""
        state = (id(self.mentions), len(self.mentions))
        if state != self._indexed:
            self._indexes.clear()
            self._indexed = state
        found = self._indexes.get(kind)
        if found is None:
            found = self._indexes[kind] = MentionIndex(m for m in self.mentions if isinstance(m.value, kind))
        return found

    def hits_in(self, kind: str, start: int, end: int) -> list[Hit]:
        """Return the hits of `kind` that lie wholly in `start`:`end`."""
        return [h for h in self.hits.get(kind, ()) if h.start >= start and h.end <= end]
