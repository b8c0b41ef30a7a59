"""Leaving messages without signing in."""
