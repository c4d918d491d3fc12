"""Archives: many pairs, one report."""
