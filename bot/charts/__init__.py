"""Pictures: boards, bars and calendars as SVG, and that SVG as PNG with fonts of our own."""
