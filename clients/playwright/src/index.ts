import { test as base } from "@playwright/test";
import type { Slug } from "./contract.js";
import { freshPhone } from "./numbers.js";
import { OwnerPage } from "./owner.js";
import { Sandbox } from "./sandbox.js";
import { Shop } from "./shop.js";
import { Shopper, type Language } from "./shopper.js";

export { expect } from "@playwright/test";
export { chromium } from "./chromium.js";
export * from "./contract.js";
export { freshPhone, scenario } from "./numbers.js";
export { OwnerPage, slipNumber } from "./owner.js";
export * from "./sandbox.js";
export { Shop } from "./shop.js";
export { Shopper, SPECIMEN, type Language } from "./shopper.js";

export interface StorefrontWorkerOptions {
  /** A shop that runs already; empty: each worker starts its own. */
  storefrontUrl: string;
  /** The words of the command that starts one. */
  storefrontCommand: string;
}

export interface StorefrontOptions {
  language: Language;
}

export interface StorefrontWorkerFixtures {
  /** One a worker. */
  shop: Shop;
}

export interface StorefrontFixtures {
  sandbox: Sandbox;
  /** A number that no other test has. */
  phone: string;
  shopper: Shopper;
  /** Signed in as the demo shop's owner. */
  owner: OwnerPage;
  /** Opens a screen and state of the gallery, as `sms-expired`; gives the shopper who stands there. */
  inState: (slug: Slug) => Promise<Shopper>;
  shopLog: void;
}

export const test = base.extend<
  StorefrontFixtures & StorefrontOptions,
  StorefrontWorkerFixtures & StorefrontWorkerOptions
>({
  storefrontUrl: [process.env.STOREFRONT_URL ?? "", { scope: "worker", option: true }],
  storefrontCommand: [process.env.STOREFRONT_COMMAND ?? "storefront", { scope: "worker", option: true }],
  language: ["ja", { option: true }],

  shop: [
    async ({ storefrontUrl, storefrontCommand }, use) => {
      const shop = storefrontUrl ? Shop.at(storefrontUrl) : await Shop.start(storefrontCommand);
      await use(shop);
      await shop.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  baseURL: async ({ shop }, use) => use(shop.url),
  sandbox: async ({ shop }, use) => use(new Sandbox(shop.url)),
  phone: async ({}, use) => use(freshPhone()),
  shopper: async ({ page, sandbox, phone, language }, use) =>
    use(new Shopper(page, sandbox, phone, language)),

  owner: async ({ page, sandbox }, use) => {
    const owner = new OwnerPage(page, sandbox);
    await owner.signIn();
    await use(owner);
  },

  inState: async ({ page, sandbox, language }, use) =>
    use(async (slug) => {
      const ready = await sandbox.state(slug, language);
      await page.context().addCookies(ready.storage_state.cookies);
      await page.goto(ready.url);
      const phone = (ready.tel ?? "").replaceAll("-", "");
      return new Shopper(page, sandbox, phone, language, ready.email ?? undefined);
    }),

  shopLog: [
    async ({ shop }, use, testInfo) => {
      await use();
      if (testInfo.status === testInfo.expectedStatus || !shop.log) return;
      await testInfo.attach("shop.log", { body: shop.log, contentType: "text/plain" });
    },
    { auto: true },
  ],
});
