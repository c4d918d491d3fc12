"""The gate: editors decide once in a policy, then machines decide.

``policy`` reads what they decided, ``waivers`` what they excused, and ``decide`` turns a report
into a verdict.
"""
