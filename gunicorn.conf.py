"""How gunicorn serves the site; it reads this file by itself when it is started in this folder."""

worker_class = "config.web_worker.Worker"
threads = 8
timeout = 60  # seconds without a sign of life after which a process is replaced
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True

# A request's head: longer ones are refused before Python sees them.
limit_request_line = 4094  # bytes
limit_request_fields = 60
limit_request_field_size = 8190
