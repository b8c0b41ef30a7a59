"""What the portal costs, measured on servers of its own: `make bench`, or `make bench ARGS=telling`."""
