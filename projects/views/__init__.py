"""The public pages, rendered on the server; they need no JavaScript. Only published rows are read."""
