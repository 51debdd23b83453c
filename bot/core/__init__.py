"""The pure core: rules as plain functions over frozen data, with no I/O and no clock."""
