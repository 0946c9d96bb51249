"""How gunicorn serves the site; it reads this file by itself when it is started in this folder."""

worker_class = "config.web_worker.Worker"
# Of each process. Up to 64 of them may stand in the line for a decoder of photos (`generations/uploads/limits.py`), without
# a connection of the database; the others serve everybody else. Only as many are started as are busy at once.
threads = 80
# Waiting pages ask every two seconds: their connections are kept well beyond that, or each poll would open one anew, and
# now and then be sent into one that is just being closed.
keepalive = 30  # seconds
timeout = 60  # seconds without a sign of life after which a process is replaced
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True

# A request's head: longer ones are refused before Python sees them.
limit_request_line = 4094  # bytes
limit_request_fields = 60
limit_request_field_size = 8190
