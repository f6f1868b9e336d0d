"""The program: what Silta decides and what it says. It knows nothing of sockets or SQL."""
