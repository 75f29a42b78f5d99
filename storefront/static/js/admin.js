// Comfort for the owner's side; every page works without it, but for passkeys.
(() => {
  // Who types is not idle: the session hears of it, at most once a minute.
  let heard = Date.now();
  const root = document.documentElement.lang === "en" ? "/en" : "";
  document.addEventListener("input", () => {
    if (Date.now() - heard < 60000 || document.body.matches(".owner--outside")) return;
    heard = Date.now();
    fetch(`${root}/admin/alive`, { redirect: "manual" }).catch(() => {});
  });

  // Passkeys: shown where the browser can do them.
  const post = async (address, token, body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify(body || {}),
    });
    if (answer.redirected) { // who it is has to be shown first
      location.assign(answer.url);
      throw new DOMException("", "AbortError");
    }
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  const isName = !/^[\d.]+$|:/.test(location.hostname);
  const ways = {
    "sign-in": async (asked) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) }),
    keep: async (asked) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) }),
  };
  const ready = () => document.querySelectorAll("[data-passkey]").forEach((one) => {
    if (can && isName && window.isSecureContext) one.hidden = false;
  });
  document.addEventListener("click", async (event) => {
    const one = event.target.closest("[data-passkey]");
    if (!one || !event.target.closest("button")) return;
    const { passkey, ask, send, token } = one.dataset;
    const error = one.querySelector(".err");
    error.hidden = true;
    try {
      const made = await ways[passkey](await post(ask, token));
      location.assign((await post(send, token, made.toJSON())).next);
    } catch (fault) {
      if (fault.name === "NotAllowedError" || fault.name === "AbortError") return;
      error.textContent = fault.message;
      error.hidden = false;
    }
  });
  document.addEventListener("htmx:after:swap", ready);
  ready();
})();
