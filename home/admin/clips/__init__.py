"""The clips admin: upload a clip, follow its progress, add captions, choose its poster, withdraw or delete it."""
