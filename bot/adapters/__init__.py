"""One folder a transport; each can be deleted in one commit."""
