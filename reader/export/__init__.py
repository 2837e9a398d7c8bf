"""Articles, highlights and citations as text for other programs. Pure: values in, text out."""
