"""HLS playlists."""
