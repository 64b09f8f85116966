"""Bytes to visitors: files, playlists, captions, documents, images."""
