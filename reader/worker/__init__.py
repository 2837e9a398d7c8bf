"""The child processes: `python -m reader.worker search|index|parse|fetch FOLDER`.

Lines come on standard input and go to standard output; the end of the input is the end of
the work, so that nothing outlives whoever started it.
"""
