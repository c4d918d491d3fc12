"""A small transformer that reads both sides of a link and marks the words that do not fit."""
