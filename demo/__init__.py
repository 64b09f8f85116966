"""What a new archive shows before anybody has brought a clip: real partner cities, invented voices.

`texts/` holds every sentence once per language, `texts.py` reads them; `voice.py`, `typeface.py`, `motion.py`,
`labels.py`, `scene.py`, `layouts/` and `render.py` turn a clip's sentences into a film; the `load_*` modules turn
the rest into pages. The command `demo` puts it all in and takes it all out again.
"""
