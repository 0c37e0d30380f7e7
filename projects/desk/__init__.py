"""The desk's pages for work across rows; ``admin`` has one module for each thing that is edited."""

from projects.desk import link_admin, pair_admin, source_rows

__all__ = ["link_admin", "pair_admin", "source_rows"]
