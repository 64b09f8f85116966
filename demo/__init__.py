"""What a new archive shows before anybody has uploaded a clip: real partner cities, invented voices.

`content/` holds every sentence once per language and makes page content of it; `films/` turns a clip's sentences into a
video; `load/` turns the rest into pages. The command `demo` puts it all in and takes it all out again.
"""
