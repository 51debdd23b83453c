"""Importing: what groups bring, made into a pack, with a report in which every line is accounted for."""
