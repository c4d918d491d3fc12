"""The page and the HTTP interface (extra ``web``).

``work`` runs in worker processes, ``jobs`` hands it out within limits, ``api`` speaks JSON,
``pages`` HTML, ``app`` puts them together behind ``guard``.
"""
