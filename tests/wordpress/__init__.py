"""A real WordPress, out of Debian's packages, in which somebody pastes the address of a clip. Run by hand."""
