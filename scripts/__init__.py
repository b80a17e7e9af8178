"""The command line and the executors: where everything is put together."""
