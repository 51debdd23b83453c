"""Simulation: whole rounds through the real engine and a real store, under a virtual clock, with faults."""
