"""oEmbed: how other sites ask for the frame."""
