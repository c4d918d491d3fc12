"use strict";
// Filters and pages the table of pairs; the rows come as JSON in the page itself.
(() => {
  const SIZE = 50;
  const rows = JSON.parse(document.getElementById("data").textContent);
  const form = document.querySelector(".filters");
  const body = document.querySelector("tbody");
  const pager = document.querySelector(".pager");
  const [back, next] = pager.querySelectorAll("button");
  let page = 0;

  const options = (name, values) => {
    for (const value of [...new Set(values)].filter(Boolean).sort()) {
      form.elements[name].add(new Option(value, value));
    }
  };
  options("check", rows.flatMap((row) => row.checks));
  for (const name of ["section", "author"]) {
    options(name, rows.map((row) => row[name]));
    form.elements[name].parentElement.hidden = form.elements[name].options.length < 3;
  }
  const compared = "changes" in document.querySelector("table").dataset;
  form.elements.fresh.parentElement.hidden = !compared;

  const cell = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };
  const drawn = (row) => {
    const line = document.createElement("tr");
    const name = cell("th", row.page ? "" : row.pair);
    name.scope = "row";
    if (row.page) {
      const link = cell("a", row.pair);
      link.href = row.page;
      name.append(link);
    }
    if (row.error) {
      const problem = cell("p", row.error);
      problem.className = "problem";
      name.append(problem);
    }
    const aligned = Math.round(100 * row.coverage) + " %";
    const fresh = compared ? [row.new] : [];
    const values = [row.errors, row.warnings, ...fresh, row.words, aligned, row.checks.join(", ")];
    line.append(name, ...values.map((value) => cell("td", value)));
    return line;
  };
  const wanted = (row) => {
    const field = form.elements;
    return row.pair.toLowerCase().includes(field.text.value.toLowerCase())
      && (!field.check.value || row.checks.includes(field.check.value))
      && (!field.section.value || row.section === field.section.value)
      && (!field.author.value || row.author === field.author.value)
      && (!field.state.value || row.state === field.state.value)
      && (!field.errors.checked || row.errors > 0)
      && (!field.fresh.checked || row.new > 0);
  };
  const show = () => {
    const found = rows.filter(wanted);
    const last = Math.max(0, Math.ceil(found.length / SIZE) - 1);
    page = Math.min(page, last);
    body.replaceChildren(...found.slice(page * SIZE, (page + 1) * SIZE).map(drawn));
    form.querySelector("output").textContent = found.length + " of " + rows.length + " pairs";
    pager.querySelector("span").textContent = "page " + (page + 1) + " of " + (last + 1);
    back.disabled = page === 0;
    next.disabled = page === last;
  };
  form.addEventListener("input", () => { page = 0; show(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  back.addEventListener("click", () => { page -= 1; show(); });
  next.addEventListener("click", () => { page += 1; show(); });
  form.hidden = pager.hidden = false;
  show();
})();
