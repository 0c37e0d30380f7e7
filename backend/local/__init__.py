"""Runs Duixian on one machine without installed servers: embedded PostgreSQL and Valkey, web, worker and beat."""
