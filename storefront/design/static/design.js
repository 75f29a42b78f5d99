// Saved is seen: styles are swapped in place, the page takes its new form, and what was typed stays.
(() => {
  const script = document.currentScript;
  const { changes, again, look } = script.dataset;
  let { seen } = script.dataset;

  // What the page is asked for again by: its address or, where it answered a form, the name of that answer.
  let kept = script.dataset.kept;
  let address = location.href;
  const isOfPage = (ctx) => ctx.target && ctx.target.id === "main";
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!isOfPage(ctx) || !ctx.response || ctx.response.status >= 500) return;
    if (ctx.response.status === 204) return; // a question whether anything is new, and nothing is
    kept = ctx.response.headers.get("X-Design-Again");
    address = ctx.response.raw.url;
  });

  // The stream is open while the page is in sight; one in a frame hears of changes through the page around it.
  const around = (() => { try { return top !== window && top.document.querySelector("script[data-changes]") ? top : null; } catch { return null; } })();
  let stream = null;
  function open() {
    if (stream || around || document.hidden) return;
    stream = new EventSource(`${changes}?seen=${encodeURIComponent(seen)}`);
    stream.onmessage = ({ data }) => document.dispatchEvent(new CustomEvent("design:saved", { detail: JSON.parse(data) }));
    stream.onerror = () => { if (stream && stream.readyState === EventSource.CLOSED) { close(); setTimeout(open, 1000); } };
  }
  function close() {
    if (stream) stream.close();
    stream = null;
  }
  open();
  addEventListener("pageshow", open);
  addEventListener("pagehide", close);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  (around || window).document.addEventListener("design:saved", ({ detail }) => saved(detail));

  // One change after the other; while a word is being composed the page stays as it is.
  let turn = Promise.resolve();
  function saved(told) {
    seen = told.version;
    turn = turn.then(() => composed()).then(() => show(told)).catch(() => {}).then(() => {
      document.documentElement.dataset.designSeen = told.version;
    });
  }
  let composing = null;
  let isComposed = () => {};
  document.addEventListener("compositionstart", () => { composing = new Promise((done) => { isComposed = done; }); });
  document.addEventListener("compositionend", () => { composing = null; isComposed(); });
  const composed = () => composing;

  async function show(told) {
    if (!told.wrong) await Promise.all(told.styles.map(swapSheet));
    if (told.page || shownMistake()) await refresh();
  }

  // Styles: the new sheet is there before the old one goes.
  const nameOf = (href) => new URL(href, location.href).pathname.replace(/\.[0-9a-f]{12}\.css$/, ".css");
  function swapSheet(href) {
    const old = [...document.querySelectorAll("link[rel=stylesheet]")].find((one) => nameOf(one.href) === nameOf(href));
    if (!old || new URL(old.href).pathname === href) return null;
    const link = old.cloneNode();
    link.href = href;
    return new Promise((done) => {
      link.onload = () => { old.remove(); done(); };
      link.onerror = () => { link.remove(); done(); };
      old.after(link);
    });
  }

  // The page: asked for again and taken over part by part.
  async function refresh() {
    const answer = await fetch(kept ? again.replace("NAME", kept) : address, { headers: { Accept: "text/html" }, cache: "no-store" });
    const html = await answer.text();
    if (answer.headers.has("X-Design-Mistake")) return showMistake(html);
    if (isMistakePage()) return kept && !answer.ok ? null : comeBack(html);
    hideMistake();
    if (kept && !answer.ok) return null; // its answer went with the process that gave it
    return morph(new DOMParser().parseFromString(html, "text/html"));
  }
  const isMistakePage = () => document.body.matches(".mistake-page");
  function comeBack(html) {
    if (!kept) return location.reload();
    document.open();
    document.write(html);
    document.close();
    return null;
  }

  // A mistake that HTMX meets, or a page that is open already, stands above that page: nothing typed is lost.
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (!ctx.response.headers.get("X-Design-Mistake")) return;
    if (isOfPage(ctx) && ctx.request.method !== "GET") kept = ctx.response.headers.get("X-Design-Again") || kept;
    showMistake(ctx.text);
    const line = document.getElementById("alert");
    if (line) line.textContent = "";
  });
  const shownMistake = () => isMistakePage() || document.querySelector(".mistake-dialog");
  function showMistake(html) {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector(".mistake");
    if (isMistakePage()) { document.querySelector(".mistake").replaceWith(main); document.title = main.querySelector("code").textContent; return; }
    if (document.querySelector(".mistake-dialog .mistake")?.isEqualNode(main)) return;
    hideMistake();
    if (!document.querySelector(`link[href="${look}"]`)) {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: look });
      document.head.append(link);
    }
    const dialog = document.createElement("dialog");
    dialog.className = "mistake-dialog";
    dialog.append(main);
    dialog.addEventListener("close", () => dialog.remove());
    document.documentElement.append(dialog); // not in <body>, which takes a new form
    dialog.showModal();
  }
  function hideMistake() {
    document.querySelector(".mistake-dialog")?.close();
    document.querySelector(".mistake-dialog")?.remove();
  }

  let takeOver = null;
  if (window.htmx) htmx.registerExtension("design", { init: (api) => { takeOver = api.morph; } });
  function morph(next) {
    if (!takeOver) return location.reload();
    const now = remembered();
    const isNew = ({ id }) => next.getElementById(id)?.textContent.trim();
    const lines = [...document.querySelectorAll(".err[id]")].filter((one) => one.textContent.trim());
    const told = [...document.querySelectorAll("#alert, #status"), ...lines.filter((one) => !isNew(one))]; // by no whole page
    const hidden = lines.map(({ id, hidden }) => [id, hidden]); // what was mended since
    told.forEach((one) => one.setAttribute("hx-morph-skip", ""));
    const fragment = document.createDocumentFragment();
    fragment.append(...next.body.childNodes);
    takeOver(document.body, fragment, true);
    told.forEach((one) => one.removeAttribute("hx-morph-skip"));
    document.title = next.title;
    htmx.process(document.body);
    for (const [id, isHidden] of hidden) Object.assign(document.getElementById(id) || {}, { hidden: isHidden });
    now.put();
    return null;
  }

  // What the person at the page has done to it: typed, ticked, opened, scrolled, put the cursor somewhere.
  const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=image], [type=file]), select, textarea, details";
  const isTicked = (one) => one.matches("[type=checkbox], [type=radio]");
  function remembered() {
    const marks = named().map(([name, one]) => [name, one, stateOf(one)]);
    const active = document.activeElement;
    const focus = active && active !== document.body && { name: nameIn(active), one: active, ...caret(active) };
    const [x, y] = [scrollX, scrollY];
    return {
      put() {
        const there = new Map(named());
        const of = (name, one) => (one.isConnected ? one : there.get(name));
        for (const [name, one, state] of marks) putState(of(name, one), state);
        if (focus) putFocus(of(focus.name, focus.one), focus);
        if (scrollX !== x || scrollY !== y) scrollTo({ left: x, top: y, behavior: "instant" });
      },
    };
  }
  // A field keeps its name where its element is another; the number tells those of one name apart.
  function named() {
    const counts = {};
    return [...document.querySelectorAll(`body :is(${FIELDS})`)].map((one) => {
      const name = [one.tagName, one.id, one.name, isTicked(one) ? one.value : ""].join("|");
      counts[name] = (counts[name] || 0) + 1;
      return [`${name}|${counts[name]}`, one];
    });
  }
  const nameIn = (element) => (named().find(([, one]) => one === element) || [""])[0];
  function stateOf(one) {
    if (one.matches("details")) return { open: one.open };
    const ariaInvalid = one.ariaInvalid; // an error goes with the first fix
    return isTicked(one) ? { checked: one.checked, ariaInvalid } : { value: one.value, ariaInvalid };
  }
  function putState(one, state) {
    if (!one) return;
    for (const [name, value] of Object.entries(state)) if (one[name] !== value) one[name] = value;
  }
  function caret(one) {
    try { return { start: one.selectionStart, end: one.selectionEnd }; } catch { return {}; }
  }
  function putFocus(one, { start, end }) {
    if (!one || one === document.activeElement && caret(one).start === start && caret(one).end === end) return;
    one.focus({ preventScroll: true });
    try { if (typeof start === "number") one.setSelectionRange(start, end); } catch { /* has no caret */ }
  }
})();
