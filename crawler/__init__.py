"""The web: site profiles, discovery, polite fetching, the page archive, and page to article by family."""
