"""What has changed: everything that can, as keys and codes, and what differs between two of them."""
