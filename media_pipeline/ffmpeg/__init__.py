"""ffmpeg, ffprobe and Shaka Packager as pure functions: facts about a file in, decisions, argv and text out.

Nothing here imports Django or knows a database or a storage, and only `run/process.py` starts a process. A caller
gets a `ProcessCommand` from one of these modules, gives it to a `Runner`, and gives the output to the parser in the
same module.

    probe -> limits -> ladder (Recipe) -> argv -> verify -> packager -> hls, stills, download -> verify
"""
