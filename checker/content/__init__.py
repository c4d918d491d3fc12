"""What the content checks share: words, languages, coverage. No I/O beyond package data."""
