"""The application for a WSGI server of your own choice: ``feedback.wsgi:app``. `feedback serve` needs it not.

The database must have been made or brought up to date before (`feedback serve` and `feedback demo` do), and the
review queue needs its background process: ``python -m feedback.background``.
"""

from feedback import create_app, edge

edge.log_to_stderr()
app = create_app()
