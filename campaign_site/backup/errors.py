"""The one error of this package."""


class BackupError(Exception):
    """A sentence for the operator: why nothing was done, or what has to be done first."""
