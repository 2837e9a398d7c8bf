"""The commands: they call the service and print. Data on stdout, talk on stderr."""
