"""The frame on other people's pages."""
