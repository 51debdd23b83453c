"""Jobs that are due later: one port, PgQueuer in memory or on PostgreSQL behind it.

Importing this package imports nothing else; PgQueuer takes up to a second, so import the module of
the implementation that is wanted, and only when it is wanted.
"""
