"""Stores: the tables behind one set of ports, in memory, on SQLite and on PostgreSQL."""
