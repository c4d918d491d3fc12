"""Loaded once by the process that workers are forked from: they share the model's pages."""

from __future__ import annotations

import gc
import os

from checker.settings import BUNDLED_MODEL
from checker.web.work import warm

warm(os.environ.get("CHECKER_MODEL", BUNDLED_MODEL))
gc.collect()
gc.freeze()  # a collection that never looks at these objects never copies their pages
