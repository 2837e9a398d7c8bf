"""The command line of the reader, as a person types it: what lines mean. Pure."""
