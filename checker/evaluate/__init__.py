"""Measures the checker: against gold annotations, and on errors planted into trusted pairs."""
