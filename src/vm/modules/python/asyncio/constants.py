"""Numbers of the event loop that can be looked at and changed."""

# After how many failed writes to a closed transport a warning is logged.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5
# Seconds until accept() is tried again.
ACCEPT_RETRY_DELAY = 1
# How many frames debug mode keeps of where something was created.
DEBUG_STACK_DEPTH = 10
SSL_HANDSHAKE_TIMEOUT = 60.0
SENDFILE_FALLBACK_READBUFFER_SIZE = 1024 * 256
