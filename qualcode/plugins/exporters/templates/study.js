"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const form = document.getElementById("find");
  const words = document.getElementById("words");
  const valence = document.getElementById("valence");
  const kind = document.getElementById("kind");
  const found = document.getElementById("found");
  const openAll = document.getElementById("all");
  const plain = (text) => text.toLowerCase();
  const many = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
  let timer = 0;
  form.hidden = false;

  const fits = (element) =>
    (!valence.value || (element.dataset.valence || "").split(" ").includes(valence.value)) &&
    (!kind.value || !element.dataset.kind || element.dataset.kind === kind.value);

  const filterQuotes = (item, wanted) => {
    const quotes = all("li[data-valence]", item);
    quotes.forEach((one) => { one.hidden = !fits(one); });
    const left = quotes.some((one) => !one.hidden);
    const says = !wanted || plain(item.textContent).includes(wanted);
    return says && (left || !(valence.value || kind.value));
  };

  const filterDocument = (doc, wanted) => {
    let n = 0;
    const ours = !kind.value || doc.dataset.kind === kind.value;
    all(".block", doc).forEach((block) => {
      const says = !wanted || plain(block.textContent).includes(wanted);
      const shown = ours && says && (!valence.value || fits(block));
      block.hidden = !shown;
      n += shown ? 1 : 0;
    });
    doc.hidden = n === 0;
    return n;
  };

  const reveal = (details, open) => {
    if (open && !details.open) { details.open = true; details.dataset.found = ""; }
    if (!open && "found" in details.dataset) { details.open = false; delete details.dataset.found; }
  };

  const filter = () => {
    const wanted = plain(words.value.trim());
    const asked = Boolean(wanted || valence.value || kind.value);
    const counts = { row: 0, code: 0 };
    all("[data-item]").forEach((item) => {
      item.hidden = !filterQuotes(item, wanted);
      counts[item.dataset.item] += item.hidden ? 0 : 1;
      all("details", item).forEach((one) => {
        reveal(one, Boolean(wanted) && plain(one.textContent).includes(wanted));
      });
    });
    let passages = 0;
    all(".document").forEach((doc) => {
      const n = filterDocument(doc, wanted);
      passages += n;
      reveal(doc, Boolean(wanted) && n > 0);
    });
    found.textContent = asked
      ? `${many(counts.row, "row")}, ${many(counts.code, "code")}, ${many(passages, "passage")}`
      : "";
  };

  const later = () => { clearTimeout(timer); timer = setTimeout(filter, 150); };
  words.addEventListener("input", later);
  valence.addEventListener("change", filter);
  kind.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  openAll.addEventListener("click", () => {
    const open = openAll.getAttribute("aria-pressed") !== "true";
    openAll.setAttribute("aria-pressed", String(open));
    openAll.textContent = open ? "Close all" : "Open all";
    all("main details").forEach((one) => { one.open = open; });
  });

  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.closest("[hidden]")) { form.reset(); filter(); }
    for (let at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    target.scrollIntoView();
  };
  addEventListener("hashchange", show);
  show();
})();
