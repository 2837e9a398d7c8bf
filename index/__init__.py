"""Full-text index: query language, reference and Whoosh backends; usable without the reader."""
