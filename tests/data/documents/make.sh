#!/usr/bin/env bash
# Writes the documents here with LibreOffice: the article and the table beside this file, and a
# pair of the corpora in pair/. Run it again only when one of them changes.
set -e
cd "$(dirname "$0")"
formats=("docx:MS Word 2007 XML" odt:writer8 rtf epub pdf)
for format in "${formats[@]}"; do
    soffice --headless --convert-to "$format" article.fodt
    soffice --headless --infilter="Text (encoded):UTF8,LF,,," --convert-to "$format" \
        --outdir pair ../../../corpora/grues-du-lac/*.txt
done
soffice --headless --convert-to "docx:MS Word 2007 XML" table.fodt
