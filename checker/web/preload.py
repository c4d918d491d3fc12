"""Loaded once by the process that workers are forked from: they share the model's pages."""

from __future__ import annotations

import os

from checker.settings import BUNDLED_MODEL
from checker.web.work import warm

MODEL_VARIABLE = "CHECKER_MODEL"

warm(os.environ.get(MODEL_VARIABLE, BUNDLED_MODEL))
