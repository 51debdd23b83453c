"""Every sentence a person reads: effects in, views out."""
