"""Archives: many pairs in, one store and one report out.

``pairing`` says which documents belong together, an engine compares them, ``store`` keeps
every outcome the moment it is there, ``export`` and ``page`` write what people read.
"""
