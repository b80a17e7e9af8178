"""The review page: Starlette, Jinja2 and one vendored htmx; takes the extra ``[review]``."""
