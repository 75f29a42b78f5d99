// The few listeners that HTMX does not bring; every page works without them.
(() => {
  const main = () => document.getElementById("main");
  const words = document.body.dataset;
  const alertLine = document.getElementById("alert");
  const say = (text) => { alertLine.textContent = text || ""; };

  // Focus: what asks for it, else <main> on a new screen, else where it was.
  let before = main();
  const isShown = (status) => status < 400 || status === 422;
  document.addEventListener("htmx:before:swap", (event) => {
    before = main();
    const { sourceElement, target, response } = event.detail.ctx;
    if (target === before && isShown(response.status)) say("");
    event.detail.ctx.next = "next" in sourceElement.dataset; // which the swap may take away
    const { activeElement } = document; // somebody is about to type there
    if (address(target) && target.contains(activeElement) && activeElement.value === "") activeElement.setAttribute("hx-morph-skip", "");
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const now = main();
    const { sourceElement, target, next } = event.detail.ctx;
    markChecked(sourceElement);
    showLookedUp(target);
    if (target.matches("[data-address]")) changed();
    // the choice of a place, or what is still to be typed
    if (next) document.getElementById(target.id).querySelector(".chip, .box ~ .field select, [name$=street]").focus();
    const wanted = now.querySelector("[data-focus]");
    if (now === before) return;
    if (wanted) wanted.focus({ preventScroll: wanted.id !== "error-summary" });
    else if (!now.contains(document.activeElement)) now.focus({ preventScroll: true });
    foldNumber();
    count();
  });

  // The check of one field swaps its error line; the field itself says it too.
  function markChecked(field) {
    const error = field.matches("input") && document.getElementById(`${field.id}-error`);
    if (error) field.setAttribute("aria-invalid", String(error.matches(".err:not([hidden])")));
  }

  // What a look-up answers stands in every field of its address that was not typed in since it was asked.
  const address = (target) => (target.matches && target.matches("[data-address]") ? target : null);
  function showLookedUp(target) {
    const block = address(target) && document.getElementById(target.id);
    if (!block) return;
    for (const field of block.querySelectorAll("input:not([hx-morph-skip]), select:not([hx-morph-skip])")) {
      const chosen = field.matches("select") && field.querySelector("[selected]");
      field.value = field.matches("input") ? field.defaultValue : chosen ? chosen.value : "";
    }
    block.querySelector("select").dispatchEvent(new Event("change", { bubbles: true })); // fees hang on it
  }
  document.addEventListener("htmx:before:request", (event) => {
    const block = address(event.detail.ctx.target);
    if (!block) return;
    for (const field of block.querySelectorAll("[hx-morph-skip]")) field.removeAttribute("hx-morph-skip");
  });

  // An address is pushed only for a screen that was really shown, and only once.
  document.addEventListener("htmx:before:history:update", (event) => {
    const { history, response } = event.detail;
    const here = location.pathname + location.search;
    if (response && response.status !== 200 || history.path === here) event.preventDefault();
  });

  // A broken line or a refusal leaves the form as it is, and says so.
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) say(words.offline);
    if (orderForm()) changed(5000);
  });
  document.addEventListener("htmx:response:error", (event) => {
    if (!isShown(event.detail.ctx.response.status)) say(words.refused);
  });

  // A second click must not press a button of the screen that came in between; it is told so.
  let pressedOn = null;
  document.addEventListener("click", (event) => {
    if (event.detail <= 1) { pressedOn = main(); return; }
    if (pressedOn === main()) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target.closest("a, button, input, label, summary")) say(words.again);
  }, true);

  // The order form is kept by the shop, not here: a second after it changed, and before the page is
  // left. All form data say when they were taken down, so that none that is late undoes a newer one.
  const orderForm = () => document.getElementById("order-form");
  let isUnkept = false, keeping = null, takenDown = 0, keepSoon;
  document.addEventListener("formdata", (event) => {
    const { draft, typedAt } = main().dataset;
    if (!draft) return;
    takenDown = Math.max(Date.now(), takenDown + 1, Number(typedAt) + 1);
    event.formData.set("typed_at", takenDown);
  });
  function changed(wait = 1000) {
    isUnkept = true;
    keepSoon = keepSoon || setTimeout(keep, wait);
  }
  function keep() {
    clearTimeout(keepSoon);
    keepSoon = null;
    const form = orderForm();
    if (!isUnkept || !form) return;
    isUnkept = false;
    const body = new URLSearchParams(new FormData(form));
    const sent = fetch(main().dataset.draft, { method: "POST", body, keepalive: true, redirect: "manual" })
      .then(({ status }) => { if (status === 429 || status >= 500) throw status; })
      .catch(() => { if (orderForm() === form) changed(5000); })
      .finally(() => { if (keeping === sent) keeping = null; });
    keeping = sent;
  }
  // Whatever leads on waits for it, two seconds at most.
  function afterKeeping(event, goOn) {
    keep();
    if (!keeping) return;
    event.preventDefault();
    event.stopPropagation();
    const last = keeping;
    Promise.race([last, new Promise((done) => setTimeout(done, 2000))]).then(() => {
      if (keeping === last) keeping = null;
      isUnkept = false;
      goOn();
    });
  }
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => { if (target.closest("#order-form")) changed(); });
  }
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target !== orderForm()) return afterKeeping(event, () => target.requestSubmit(submitter));
    if (submitter?.matches("[data-leaves]")) event.stopPropagation(); // for a whole page
    clearTimeout(keepSoon); // it is sent by this
    keepSoon = null;
    isUnkept = false;
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isElsewhere = link && (link.target || link.pathname === location.pathname && link.hash);
    if (!link || isElsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    afterKeeping(event, () => { location.href = link.href; });
  });
  for (const kind of ["pagehide", "visibilitychange"]) addEventListener(kind, keep);

  // Waiting: nothing before a second, then words, until the answer is there.
  const status = () => document.getElementById("status");
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    const form = ctx.sourceElement;
    if (!form.matches("form")) return;
    const wait = form.dataset.wait || words.sending;
    const tell = (text) => { ctx.told = status().textContent = text; };
    ctx.timers = [
      setTimeout(() => { form.classList.add("is-waiting"); tell(wait); }, 1000),
      setTimeout(tell, 10000, words.slow),
    ];
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    (ctx.timers || []).forEach(clearTimeout);
    ctx.sourceElement.classList.remove("is-waiting");
    if (ctx.told && status().textContent === ctx.told) status().textContent = "";
  });

  // Links of the error summary move the focus by script: a hash would be a step of its own.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#error-summary a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    (label || field).scrollIntoView();
    (field.matches("input,select,textarea") ? field : field.querySelector("input,select,textarea") || field).focus({ preventScroll: true });
  });

  // What is typed while a look-up is on its way stays; an error goes with the first fix.
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.closest("[data-address]")) field.setAttribute("hx-morph-skip", "");
    if (field.validity && field.getAttribute("aria-invalid") === "true" && field.value.trim()) {
      const error = document.getElementById(`${field.id}-error`);
      field.setAttribute("aria-invalid", "false");
      if (error) error.hidden = true;
    }
  });

  // Fields behind a line: it says what they hold. That of another number is open where the phone is no mobile.
  const wordsOf = (one) => {
    if (one.type === "radio") return one.checked && one.value !== "0000" ? one.closest("label").textContent.trim() : "";
    return one.value && one.selectedOptions ? one.selectedOptions[0].text : one.value;
  };
  const cut = (text) => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
  document.addEventListener("change", (event) => {
    const fold = event.target.closest(".fold");
    const held = fold && fold.querySelector("[data-held]");
    const fields = held ? [...fold.querySelectorAll("input, select, textarea")] : [];
    if (held) held.textContent = cut(fields.map(wordsOf).filter(Boolean).join(" ") || held.dataset.held);
    if (event.target.id === "tel") foldNumber();
  });
  function foldNumber() {
    const fold = document.querySelector("[data-number]");
    const own = fold && fold.querySelector("input");
    if (!own) return;
    const tel = document.getElementById("tel").value.normalize("NFKC").replace(/[^\d+]/g, "").replace(/^\+81/, "0");
    const isWanted = own.value || own.matches("[aria-invalid=true]") || location.hash === `#${own.id}`;
    fold.open = Boolean(isWanted) || !/^0[6-9]0\d{8}$/.test(tel);
  }
  foldNumber();

  // − and ＋: the number changes as if it had been typed.
  document.addEventListener("click", (event) => {
    const by = event.target.closest("[data-by]");
    const field = by && document.getElementById(by.dataset.for);
    if (!field) return;
    field.value = Math.min(99, Math.max(by.dataset.for === "quantity" ? 1 : 0, (parseInt(field.value, 10) || 0) + Number(by.dataset.by)));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // A picture opens large above its page, and a small one scrolls to it: neither is a step of history.
  document.addEventListener("click", (event) => {
    const dialog = document.getElementById("large");
    const link = event.target.closest("[data-large], [data-shows]");
    if (dialog && dialog.open) { dialog.close(); return; }
    if (!dialog || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("shows" in link.dataset) { document.getElementById(link.hash.slice(1)).scrollIntoView({ block: "nearest", inline: "start" }); return; }
    const picture = new Image();
    picture.alt = link.querySelector("img").alt;
    picture.src = link.href;
    dialog.querySelectorAll("img").forEach((one) => one.remove());
    dialog.append(picture);
    dialog.showModal();
  });

  // What is still to be chosen comes into sight before anything is sent.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".product__form .sticky .btn");
    const missing = button && button.form.querySelector("fieldset:invalid input:enabled");
    if (!missing) return;
    event.preventDefault();
    missing.closest("fieldset").scrollIntoView({ block: "center" });
    missing.focus({ preventScroll: true });
  });

  // The number of the order, for a mail or a call; where the browser refuses, it is selected.
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-done]");
    const number = copy && copy.previousElementSibling;
    if (!number) return;
    const done = () => { copy.value = document.getElementById("status").textContent = copy.dataset.done; };
    const select = () => getSelection().selectAllChildren(number);
    if (navigator.clipboard) navigator.clipboard.writeText(number.textContent).then(done, select);
    else select();
  });

  document.addEventListener("focusin", (event) => { if (event.target.id === "code") event.target.select(); });

  // A step that comes back from the browser's memory may be over: ask again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && main().dataset.step) location.reload();
  });

  // Minutes and seconds left, for the eye; two sentences for the ear.
  let ticking;
  function count() {
    clearInterval(ticking);
    const end = document.querySelector("[data-left]");
    const wait = document.querySelector("[data-wait-until]");
    if (!end && !wait) return;
    const skew = Date.parse((end || wait).dataset.now) - Date.now();
    const left = (moment) => Math.ceil((Date.parse(moment) - Date.now() - skew) / 1000);
    let last = Infinity;
    const tick = () => {
      if (end) {
        const s = left(end.dataset.left);
        end.textContent = end.dataset.form.replace("{m}", Math.max(0, Math.ceil(s / 60)));
        const text = s <= 0 && last > 0 ? end.dataset.over : s <= 60 && last > 60 ? end.dataset.last : "";
        if (text && last < Infinity) document.getElementById("status").textContent = text;
        last = s;
      }
      if (wait) {
        const s = left(wait.dataset.waitUntil);
        wait.textContent = s > 0 ? wait.dataset.form.replace("{s}", s) : "";
      }
    };
    tick();
    ticking = setInterval(tick, 1000);
  }
  count();
})();
