// The states of the designers' kit: narrows the list as one types, moves by arrow keys, keeps frames still.
(() => {
  const field = document.getElementById("q");
  const items = [...document.querySelectorAll("[data-words]")];
  const links = () => items.filter((one) => !one.hidden).map((one) => one.querySelector("a"));

  // The list narrows as one types; its links keep what was typed.
  function narrow() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of items) {
      one.hidden = !words.every((word) => one.dataset.words.includes(word));
      const link = one.querySelector("a");
      const address = new URL(link.href);
      if (field.value.trim()) address.searchParams.set("q", field.value.trim());
      else address.searchParams.delete("q");
      link.href = address;
    }
    for (const one of document.querySelectorAll(".kit-group")) one.hidden = !one.querySelector("[data-words]:not([hidden])");
    document.querySelector("[data-none]").hidden = links().length > 0;
  }
  if (field) field.addEventListener("input", narrow);

  // Left and right: the states before and after, among those that the list shows.
  function go(by) {
    const shown = links();
    const at = shown.findIndex((one) => one.matches("[aria-current]"));
    const next = at < 0 ? shown[by > 0 ? 0 : shown.length - 1] : shown[at + by];
    if (next) location.href = next.href;
  }
  function pressed(event) {
    const { target, key } = event;
    const isTyping = target.closest("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "/" && field) field.select();
    else if (key === "ArrowLeft") go(-1);
    else if (key === "ArrowRight") go(1);
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", pressed);
  const current = document.querySelector(".kit-side [aria-current]");
  const list = current && [current.closest("[data-states]"), current.closest(".kit-side")].find((one) => one.scrollHeight > one.clientHeight);
  if (list) list.scrollTop += current.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;

  // Frames are for looking: what leads away from the page stays, and says how to go on.
  const note = document.querySelector("[data-note]");
  function still(event) {
    const link = event.target.closest("a[href]");
    if (event.type === "click" && (!link || link.getAttribute("href").startsWith("#"))) return;
    event.preventDefault();
    event.stopPropagation();
    if (note) note.textContent = note.dataset.note;
  }
  function loaded({ target }) {
    const inside = target.contentDocument;
    if (!inside) return;
    inside.addEventListener("click", still, true);
    inside.addEventListener("submit", still, true);
    inside.addEventListener("keydown", pressed);
    if ("fits" in target.dataset) target.style.blockSize = `${inside.documentElement.scrollHeight + 2}px`;
  }
  // What is saved is seen: a frame's styles are swapped in their scheme, its page is asked for again.
  document.addEventListener("design:saved", ({ detail }) => {
    for (const frame of document.querySelectorAll("iframe")) {
      const inside = frame.contentDocument;
      if (!inside || inside.URL === "about:blank") continue; // it is loaded when it comes into sight
      if (detail.page) inside.location.reload();
      else for (const address of detail.styles) restyle(inside, address);
    }
  });
  const nameOf = (href) => new URL(href, location.href).pathname.replace(/\.[0-9a-f]{12}\.css$/, ".css");
  function restyle(inside, address) {
    for (const old of inside.querySelectorAll("link[rel=stylesheet]")) {
      const [, sheets] = old.getAttribute("href").match(/^(\/design\/sheets\/\w+)\//) || [];
      const href = sheets && address.replace("/static", sheets);
      if (!href || nameOf(old.href) !== nameOf(href)) continue;
      const link = old.cloneNode();
      link.href = href;
      link.addEventListener("load", () => old.remove());
      old.after(link);
    }
  }

  for (const frame of document.querySelectorAll("iframe")) {
    frame.addEventListener("load", loaded);
    if (frame.contentDocument && frame.contentDocument.readyState === "complete") loaded({ target: frame });
  }
})();
