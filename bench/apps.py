"""The yardsticks: a Flask hello-world, and a bare page of 25 rows from a Jinja template."""

from flask import Flask

ROWS = [
    {"name": f"reader{n}", "when": "3 March 2026", "text": "A remark of about three hundred letters. " * 7}
    for n in range(25)
]
PAGE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for row in rows %}<article id="row-{{ loop.index }}"><h2>{{ row.name }}</h2><time>{{ row.when }}</time>
<p>{{ row.text }}</p><a href="/rows/{{ loop.index }}">link</a></article>{% endfor %}</body></html>"""

app = Flask(__name__)
# Compiled once, as a template file would be.
template = app.jinja_env.from_string(PAGE)


@app.get("/")
def hello() -> str:
    """What Flask and the server cost without any work."""
    return "hello, world"


@app.get("/rows")
def rows() -> str:
    """What a page of 25 rows costs without a database, a log-in or a form."""
    return template.render(title="Rows", rows=ROWS)
