"""The index on disk: Whoosh keeps it, the modules here say what is in it and how it is asked."""
