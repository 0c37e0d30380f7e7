"""The app: commitments, their evidence and status, and the ways to read and curate them."""
