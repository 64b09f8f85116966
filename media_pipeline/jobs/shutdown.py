"""Whether this process was told to stop: set by a signal, read by the code that works."""

import threading

stop_event = threading.Event()
"""Set once the process must end soon; its ``wait(seconds)`` is a pause that ends with it."""

is_stopping = stop_event.is_set
