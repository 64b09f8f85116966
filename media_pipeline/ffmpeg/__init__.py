"""The pure room: facts about a file in, decisions, argv and text out.

Nothing here knows Django, a database or a storage, and only `process.py` starts a process. A caller takes a
`Command` from one of these modules, hands it to a `Runner`, and gives the bytes that come back to the parser
that stands beside the command's builder.

    probe -> gate -> ladder (Recipe) -> argv -> verify -> packager -> hls, stills, download -> verify
"""
