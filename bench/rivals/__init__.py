"""What the API is measured against, the data they all read, and the client that asks them."""
