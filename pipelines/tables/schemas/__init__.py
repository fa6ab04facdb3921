"""Every released table: its columns, keys and what they mean, in English and Vietnamese. The one place they are told.

The order is that of a reader's questions: what was told (articles), where exactly (mentions), of whom and what
(entities), what was awarded (awards), and how the data came about (sites, sources, pages, runs).
"""

import pandera.pandas as pa

from pipelines.tables.schemas import articles, awards, entities, sources

TABLES: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        articles.ARTICLES,
        articles.MENTIONS,
        entities.UNITS,
        entities.DIRECTIVES,
        entities.ANNIVERSARIES,
        entities.CAMPAIGNS,
        entities.ARTICLE_UNITS,
        entities.ARTICLE_DIRECTIVES,
        entities.ARTICLE_ANNIVERSARIES,
        entities.ARTICLE_CAMPAIGNS,
        awards.AWARDS,
        awards.AWARD_EVENTS,
        awards.ARTICLE_AWARD_EVENTS,
        sources.SITES,
        sources.SOURCES,
        sources.PAGES,
        sources.RUNS,
    )
}
"""All released tables by name, in the order in which they are shown."""
