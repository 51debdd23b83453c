"""Checks of how well a whole pack is written. They run on request and never while packs are served."""
