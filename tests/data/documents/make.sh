#!/usr/bin/env bash
# Writes the documents beside article.fodt with LibreOffice; run it again only when the article changes.
set -e
cd "$(dirname "$0")"
for format in "docx:MS Word 2007 XML" odt:writer8 rtf epub pdf; do
    soffice --headless --convert-to "$format" article.fodt
done
soffice --headless --convert-to "docx:MS Word 2007 XML" table.fodt
