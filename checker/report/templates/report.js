"use strict";
// Filters, jumps and dismissals of one report. Works on what the page already holds and
// writes text only as text. A page that shows several reports may call it for each.
(function () {
  const STORE = "checker-dismissed-";
  const MAX_REASON = 500;

  function start(root) {
    const find = (selector) => root.querySelector(selector);
    const all = (selector, within = root) => Array.from(within.querySelectorAll(selector));
    const list = find("[data-list]");
    const findings = all(".finding").map((card, index) => ({
      card, index, marks: [], reason: null, shown: true,
    }));
    const rows = all(".row:not(.head)");
    const words = JSON.parse(root.dataset.words);
    const said = (key, values = {}) => Object.entries(values).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, () => value), words[key]);
    let current = -1;
    let dismissing = null;

    root.classList.add("scripted");
    for (const mark of all(".mark")) {
      for (const number of mark.dataset.f.split(" ")) findings[number - 1].marks.push(mark);
    }

    // ---- what was dismissed, kept by the browser where it may be
    function load() {
      try { return JSON.parse(localStorage.getItem(STORE + root.dataset.key)) || {}; }
      catch { return {}; }
    }
    function save() {
      const kept = Object.fromEntries(dismissed().map((f) => [f.card.dataset.id, f.reason]));
      try { localStorage.setItem(STORE + root.dataset.key, JSON.stringify(kept)); } catch { /* private window */ }
    }
    const dismissed = () => findings.filter((f) => f.reason !== null);

    // ---- filters
    const ticked = (name) => new Set(all(`input[name="${name}"]:checked`).map((input) => input.value));
    function filter() {
      const severities = ticked("severity"), checks = ticked("check");
      const withDismissed = find('input[name="dismissed"]').checked;
      for (const f of findings) {
        f.shown = severities.has(f.card.dataset.severity) && checks.has(f.card.dataset.check)
          && (withDismissed || f.reason === null);
        f.card.hidden = !f.shown;
      }
      for (const mark of all(".mark")) {
        const on = mark.dataset.f.split(" ").some((n) => findings[n - 1].shown);
        mark.classList.toggle("off", !on);
      }
      for (const row of rows) {
        row.classList.toggle("marked", row.querySelector(".mark:not(.off)") !== null);
      }
      root.classList.toggle("only-marked", find('input[name="marked"]').checked);
      find("[data-empty]").hidden = findings.some((f) => f.shown);
      find("[data-dismissed]").textContent = String(dismissed().length);
      for (const button of all('[data-action^="export-"]')) button.disabled = dismissed().length === 0;
      position();
    }

    // ---- jumps
    const visible = () => findings.filter((f) => f.shown);
    function position() {
      const shown = visible();
      const at = shown.findIndex((f) => f.index === current);
      const count = shown.length;
      find("[data-position]").textContent = at < 0 ? said("shown", { count }) : said("position", { at: at + 1, count });
      say(at < 0 ? said("findings", { count }) : said("finding", { at: at + 1, count }));
    }
    function say(text) { find("[data-status]").textContent = text; }
    function select(f, into) {
      const last = findings[current];
      if (last) {
        last.card.removeAttribute("aria-current");
        for (const mark of last.marks) mark.classList.remove("current");
      }
      for (const row of all(".row.current")) row.classList.remove("current");
      current = f.index;
      f.card.setAttribute("aria-current", "true");
      for (const mark of f.marks) {
        const context = (mark.dataset.c || "").split(" ").includes(f.card.dataset.number);
        mark.classList.toggle("current", !context);
        mark.closest(".row").classList.add("current");
      }
      if (into === "text") view("text");
      if (into === "findings") view("findings");
      const mark = f.marks.find((m) => m.offsetParent !== null);
      if (mark && into !== "findings") mark.scrollIntoView({ block: "center" });
      if (f.card.offsetParent !== null) {
        f.card.scrollIntoView({ block: "nearest" });
        f.card.focus({ preventScroll: true });
      } else if (mark) {
        mark.focus({ preventScroll: true });
      }
      position();
    }
    function step(by) {
      const shown = visible();
      if (shown.length === 0) return;
      const at = shown.findIndex((f) => f.index === current);
      let next = at + by;
      if (at < 0) {
        next = by > 0 ? shown.findIndex((f) => f.index > current) : shown.findLastIndex((f) => f.index < current);
      }
      select(shown[(next + shown.length) % shown.length]);
    }
    function view(name) {
      root.dataset.view = name;
      for (const button of all('[data-action^="view-"]')) {
        button.setAttribute("aria-pressed", String(button.dataset.action === `view-${name}`));
      }
    }

    // ---- dismissals
    const dialog = find("[data-dialog]"), help = find("[data-help]");
    function ask(f) {
      dismissing = f;
      find("[data-dialog-what]").textContent = f.card.querySelector(".message").textContent;
      find("[data-reason]").value = "";
      find("[data-hint]").textContent = "";
      dialog.showModal();
      find("[data-reason]").focus();
    }
    function confirm() {
      const reason = find("[data-reason]").value.trim().slice(0, MAX_REASON);
      if (!reason) {
        find("[data-hint]").textContent = said("needed");
        find("[data-reason]").focus();
        return;
      }
      dialog.close();
      dismiss(dismissing, reason);
      save();
      filter();
      if (!dismissing.shown) step(1);
    }
    function dismiss(f, reason) {
      f.reason = reason;
      f.card.classList.toggle("dismissed", reason !== null);
      actions(f);
    }
    function actions(f) {
      const line = f.card.querySelector(".actions");
      for (const old of all("button, .reason", line)) old.remove();
      if (f.reason !== null) {
        const reason = document.createElement("span");
        reason.className = "reason";
        reason.textContent = said("dismissed", { reason: f.reason });
        line.append(reason);
      }
      line.prepend(button(f.reason === null ? "dismiss" : "restore", said(f.reason === null ? "dismiss" : "restore")));
      line.prepend(button("show", said("show")));
    }
    function button(action, label) {
      const made = document.createElement("button");
      made.type = "button";
      made.dataset.action = action;
      made.textContent = label;
      return made;
    }
    // The gate reads the first of these as it is; JSON's escapes are among those of TOML.
    const EXPORTS = {
      toml: ["checker-waivers.toml", "application/toml", (rows) => rows.map((row) =>
        `[[waiver]]\nid = ${quoted(row.id)}\nreason = ${quoted(row.reason)}\n`).join("\n")],
      json: ["waivers.json", "application/json", (rows) =>
        JSON.stringify({ version: 1, waivers: rows }, null, 1) + "\n"],
    };
    const quoted = (text) => JSON.stringify(text).replaceAll("\x7f", "\\u007f");
    function download(kind) {
      const [name, type, write] = EXPORTS[kind];
      const rows = dismissed().map((f) => ({ id: f.card.dataset.id, reason: f.reason }));
      const link = document.createElement("a");
      const url = URL.createObjectURL(new Blob([write(rows)], { type }));
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
      say(said("downloaded", { count: rows.length }));
    }

    // ---- what is clicked and typed
    const DOES = {
      next: () => step(1),
      previous: () => step(-1),
      "export-toml": () => download("toml"),
      "export-json": () => download("json"),
      theme: toggleTheme,
      cancel: () => dialog.close(),
      confirm,
      help: () => help.showModal(),
      "help-close": () => help.close(),
      "view-findings": () => view("findings"),
      "view-text": () => view("text"),
      show: (pressed) => select(owner(pressed), "text"),
      dismiss: (pressed) => ask(owner(pressed)),
      restore: (pressed) => { dismiss(owner(pressed), null); save(); filter(); },
    };
    const owner = (element) => findings[element.closest(".finding").dataset.number - 1];
    function clicked(event) {
      const pressed = event.target.closest("[data-action]");
      if (pressed) return DOES[pressed.dataset.action](pressed);
      if (event.target.closest("a.rule")) return undefined;
      const mark = event.target.closest(".mark");
      if (mark) {
        event.preventDefault();
        const number = mark.dataset.f.split(" ").find((n) => findings[n - 1].shown);
        return number && select(findings[number - 1], "findings");
      }
      const card = event.target.closest(".finding");
      if (card && !String(getSelection())) {
        event.preventDefault();
        const narrow = find(".views").offsetParent !== null;
        if (!narrow || event.target.closest("a")) select(findings[card.dataset.number - 1], "text");
      }
      return undefined;
    }
    const KEYS = { n: () => step(1), p: () => step(-1), d: () => current >= 0 && findings[current].reason === null && ask(findings[current]), t: toggleTheme, "?": () => help.showModal() };
    function typed(event) {
      if (!find('input[name="letters"]').checked || dialog.open || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest && event.target.closest("textarea, input:not([type=checkbox])")) return;
      const does = KEYS[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    }
    function mapped(event) {
      const box = event.currentTarget.getBoundingClientRect();
      const side = event.clientY - box.top < box.height / 2 ? "0" : "1";
      const at = ((event.clientX - box.left) / box.width) * 10000;
      let best = rows[0], distance = Infinity;
      for (const row of rows) {
        const away = at - Number(row.dataset[side]);
        if (away >= 0 && away <= distance && row.offsetParent !== null) { best = row; distance = away; }
      }
      if (!best) return;
      view("text");
      for (const row of all(".row.current")) row.classList.remove("current");
      best.classList.add("current");
      best.scrollIntoView({ block: "center" });
    }

    const map = find("[data-map]");
    if (map) map.addEventListener("click", mapped);
    if (!list || findings.length === 0) { view("text"); return; }
    for (const hidden of all("[data-tools], [data-jump]")) hidden.hidden = false;
    const kept = load();
    for (const f of findings) {
      const reason = kept[f.card.dataset.id];
      if (typeof reason === "string") dismiss(f, reason); else actions(f);
    }
    root.addEventListener("click", clicked);
    root.addEventListener("change", filter);
    document.addEventListener("keydown", typed);
    filter();
  }

  function toggleTheme() {
    const page = document.documentElement;
    const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    page.dataset.theme = dark ? "light" : "dark";
  }

  for (const root of document.querySelectorAll("[data-checker-report]")) start(root);
})();
