/* What the page can do beyond being read: sort and search tables, tell a chart's values, switch light and dark.
   Nothing is fetched, stored or made from markup; without this script everything stays readable. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const told = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const make = (tag, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  const status = () => {
    const made = make("span", { className: "status" });
    made.setAttribute("role", "status");
    return made;
  };
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let titles = 0;
  const heading = (element) => {
    const title = element.closest(".block, .problem, .exhibit, .page, body").querySelector(".whose, h2, h1") ?? document.querySelector("main");
    title.id ||= `title-${(titles += 1)}`;
    return title;
  };

  /* A cell is compared by its data-value, else by its text; what is unknown comes last either way. */
  const key = (row, column) => {
    const cell = row.cells[column];
    return (cell.dataset.value ?? cell.textContent).trim();
  };
  const unknown = (text) => text === "" || text === "–";
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;
  const ordered = (rows, column, turn) => {
    const pairs = rows.map((row) => [key(row, column), row]);
    const known = pairs.filter(([text]) => !unknown(text));
    const measured = known.every(([text]) => Number.isFinite(Number(text)));
    const by = measured ? (one, other) => one - other : compare;
    known.sort(([one], [other]) => turn * by(one, other));
    return [...known, ...pairs.filter(([text]) => unknown(text))].map(([, row]) => row);
  };

  /* Sorting: a button in each heading, three states; on a phone, where headings are hidden, a list beside the search. */
  const sortable = (table, rows, say, moved) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.textContent.trim());
    const choice = make("select", {}, make("option", { value: "", textContent: words.asListed }));
    const sort = (head, turn) => {
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      if (turn) head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
      body.append(...(turn ? ordered(rows, head.cellIndex, turn) : rows), ...body.querySelectorAll("tr.sum"));
      moved();
      choice.value = turn ? `${head.cellIndex},${turn}` : "";
      const order = turn > 0 ? "ascending" : turn ? "descending" : "unsorted";
      say(told(order, { column: head ? head.textContent.trim() : "" }));
    };
    heads.forEach((head) => {
      head.scope = "col";
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        sort(head, now === null ? 1 : now === "ascending" ? -1 : 0);
      });
      [1, -1].forEach((turn) => {
        const order = told(turn > 0 ? "ascending" : "descending", { column: head.textContent.trim() });
        choice.append(make("option", { value: `${head.cellIndex},${turn}`, textContent: order }));
      });
    });
    choice.addEventListener("change", () => {
      const [column, turn] = choice.value ? choice.value.split(",").map(Number) : [heads[0].cellIndex, 0];
      sort(table.tHead.rows[0].cells[column], turn);
    });
    return make("label", { className: "order" }, make("span", { textContent: words.sort }), choice);
  };

  /* Searching: every word must stand somewhere in the row, whatever its case and accents. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const searchable = (rows, say, moved) => {
    const texts = rows.map((row) => plain(row.textContent));
    const box = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    box.addEventListener("input", () => {
      const wanted = plain(box.value).split(/\s+/).filter(Boolean);
      let left = 0;
      rows.forEach((row, at) => {
        row.hidden = !wanted.every((word) => texts[at].includes(word));
        left += row.hidden ? 0 : 1;
      });
      moved();
      const count = { count: number.format(left), total: number.format(rows.length) };
      say(left ? told("rows", count) : told("none", { words: box.value.trim() }));
    });
    return make("label", {}, make("span", { textContent: words.search }), box);
  };

  /* A long list shows its first rows, and the rest when asked; on paper and without this script all of it is there. */
  const FIRST = 30;
  const foldable = (table, rows) => {
    const button = make("button", { type: "button", className: "more" });
    let open = false;
    const fold = () => {
      const left = [...table.tBodies[0].rows].filter((row) => rows.has(row) && !row.hidden);
      const long = left.length > 1.3 * FIRST;
      left.forEach((row, at) => row.classList.toggle("folded", long && !open && at >= FIRST));
      button.hidden = !long;
      button.textContent = told(open ? "fewer" : "every", { count: number.format(open ? FIRST : left.length) });
      button.setAttribute("aria-expanded", open);
      return left;
    };
    button.addEventListener("click", () => {
      open = !open;
      const next = fold()[FIRST];
      if (open) Object.assign(next, { tabIndex: -1 }).focus({ preventScroll: true });
      else button.scrollIntoView({ block: "center" });
    });
    fold();
    return { button, fold };
  };

  const LONG = 12;
  const enrich = (table) => {
    const rows = table.tBodies.length ? [...table.tBodies[0].rows].filter((row) => !row.matches(".sum")) : [];
    const region = make("div", { className: "scroll" });
    table.before(region);
    region.append(table);
    const title = heading(region);
    table.querySelectorAll("thead th").forEach((head) => {
      if (!head.textContent.trim()) head.replaceWith(make("td", { className: head.className }));
    });
    const uniform = table.tHead?.rows.length === 1
      && rows.every((row) => row.cells.length === table.tHead.rows[0].cells.length);
    if (rows.length < 3 || !uniform || table.matches(".reasons, .heat, .matrix, .turning table")) return;
    const line = status();
    const say = (text) => { line.textContent = text; };
    const tools = make("div", { className: "tools" });
    const { button, fold } = foldable(table, new Set(rows));
    const order = sortable(table, rows, say, fold);
    if (rows.length >= LONG) tools.append(searchable(rows, say, fold));
    tools.append(order, line);
    tools.classList.toggle("long", rows.length >= LONG);
    tools.querySelectorAll("input, select").forEach((one) => one.setAttribute("aria-describedby", title.id));
    region.before(tools);
    region.after(button);
  };

  /* A table wider than its place scrolls in a region that can be reached by keyboard. */
  const regions = () => document.querySelectorAll(".scroll, .desk, .phone").forEach((region) => {
    const wide = region.scrollWidth > region.clientWidth + 1;
    const say = (name, value) => wide ? region.setAttribute(name, value) : region.removeAttribute(name);
    say("tabindex", "0");
    say("role", "region");
    say("aria-labelledby", heading(region).id);
  });

  /* Charts: the value under the pointer, or under the arrow keys; and all values as a list. */
  const tip = make("div", { className: "tip", hidden: true });
  tip.setAttribute("role", "status");
  const lit = { mark: null };
  const show = (mark) => {
    lit.mark?.classList.remove("lit");
    lit.mark = mark;
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("lit");
    tip.textContent = mark.dataset.told;
    const place = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(place.left + place.width / 2 - tip.offsetWidth / 2, room)) + scrollX}px`;
    tip.style.top = `${Math.max(8, place.top - tip.offsetHeight - 6) + scrollY}px`;
  };
  const marks = (chart) => [...chart.querySelectorAll("g")].filter((mark) => {
    const title = mark.querySelector(":scope > title");
    if (!title) return mark.dataset.told;
    mark.dataset.told = title.textContent;
    title.remove();
    return true;
  });
  const tellChart = (chart) => {
    const all = marks(chart);
    if (!all.length) return;
    chart.querySelector(":scope > title")?.remove();
    chart.setAttribute("tabindex", "0");
    let at = -1;
    chart.addEventListener("pointerover", (event) => show(event.target.closest("g[data-told]")));
    chart.addEventListener("pointerleave", () => show(null));
    chart.addEventListener("blur", () => { at = -1; show(null); });
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const end = { Home: 0, End: all.length - 1 }[event.key];
      if (event.key === "Escape") { at = -1; show(null); }
      if (step === undefined && end === undefined) return;
      event.preventDefault();
      at = end ?? (at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length);
      show(all[at]);
    });
    const body = chart.closest(".body");
    if (!body || body.querySelector(".values") || chart.closest(".phone")) return;
    const list = make("ul", {}, ...all.map((mark) => make("li", { textContent: mark.dataset.told })));
    body.append(make("details", { className: "values" }, make("summary", { textContent: words.values }), list));
  };

  /* Light or dark as the reader's system has it, until they say otherwise; remembered until the page is closed. */
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = make("button", { type: "button", className: "theme" });
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const name = () => { theme.textContent = dark() ? words.light : words.dark; };
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  system.addEventListener("change", name);
  name();
  document.querySelector(".top nav")?.before(theme);

  document.querySelectorAll("main table").forEach(enrich);
  document.querySelectorAll("svg.chart").forEach(tellChart);
  document.body.append(tip);
  addEventListener("resize", regions);
  regions();
})();
