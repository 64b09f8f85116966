"""What answers a request that is no page of the tree: media, short links, feeds for machines, errors."""
