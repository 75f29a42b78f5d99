import type { Locator, Page } from "@playwright/test";
import type { Means, PaymentMethod, TestId } from "./contract.js";
import type { Sandbox } from "./sandbox.js";

export type Language = "ja" | "en";

const LABELS = {
  ja: {
    name: "お名前",
    postal_code: "郵便番号",
    prefecture: "都道府県",
    city: "市区町村",
    street: "町名・番地",
    building: "建物名・部屋番号",
    tel: "電話番号",
    email: "メールアドレス",
    code: "認証番号(4桁)",
    quantity: "数量",
    store: "お支払いになる店舗",
    orderNumber: "ご注文番号",
    find: "注文状況を見る",
  },
  en: {
    name: "Full name",
    postal_code: "Postal code",
    prefecture: "Prefecture",
    city: "City, ward",
    street: "Street and number",
    building: "Building, room",
    tel: "Phone number",
    email: "Email",
    code: "4-digit code",
    quantity: "Quantity",
    store: "Store where you will pay",
    orderNumber: "Order number",
    find: "View order status",
  },
} as const;

/** The specimen customer: whoever orders in a test and is nobody in particular. */
export const SPECIMEN = {
  name: "山田 太郎",
  postal_code: "100-0005",
  prefecture: "東京都",
  city: "千代田区",
  street: "丸の内2-7-2",
  building: "さくらマンション101",
} as const;

/** One person in one tab, with a phone number and a mailbox: a verb for each thing, no judgement. */
export class Shopper {
  private readonly prefix: string;
  private readonly words: (typeof LABELS)[Language];

  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
    readonly phone: string,
    readonly language: Language = "ja",
    readonly email = `${phone}@example.com`,
  ) {
    this.prefix = language === "en" ? "/en" : "";
    this.words = LABELS[language];
  }

  // wherever they are

  async open(path: string): Promise<void> {
    await this.page.goto(this.prefix + path);
  }

  /** Carries data-step, data-state and data-reason. */
  get main(): Locator {
    return this.page.locator("#main");
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get errors(): Locator {
    return this.page.getByTestId("error-summary");
  }

  /** Its data-reason says why the method failed. */
  get banner(): Locator {
    return this.page.getByTestId("ng-banner");
  }

  get orderNumber(): Locator {
    return this.page.getByTestId("order-number");
  }

  see(testId: TestId): Locator {
    return this.page.getByTestId(testId);
  }

  // product and cart

  async putInCart(slug = "yunomi", { quantity = 1, option = "" } = {}): Promise<void> {
    const answer = await this.page.goto(`${this.prefix}/products/${slug}`);
    if (answer?.status() === 404) throw new Error(`no product "${slug}": docs/contract.md lists the demo shop's goods`);
    if (option) await this.page.getByRole("radio", { name: option }).check();
    await this.page.getByRole("textbox", { name: this.words.quantity }).fill(String(quantity));
    await this.see("add-to-cart").click();
    await this.see("cart-total").or(this.errors).waitFor();
  }

  async goToCheckout(): Promise<void> {
    await this.see("go-to-checkout").click();
    await this.see("order-form").waitFor();
  }

  // order input

  field(name: Exclude<keyof (typeof LABELS)["ja"], "code" | "quantity" | "store">, group = "customer"): Locator {
    return this.page.locator(`#${group}`).getByLabel(this.words[name], { exact: true });
  }

  async giveContact(phone = this.phone): Promise<void> {
    await this.field("name").fill(SPECIMEN.name);
    await this.field("postal_code").fill(SPECIMEN.postal_code);
    await this.field("prefecture").selectOption(SPECIMEN.prefecture);
    await this.field("city").fill(SPECIMEN.city);
    await this.field("street").fill(SPECIMEN.street);
    await this.field("building").fill(SPECIMEN.building);
    await this.field("tel").fill(phone);
    await this.field("email").fill(this.email);
  }

  async choose(method: PaymentMethod): Promise<void> {
    await this.see(`payment-${method}`).click();
  }

  async review(): Promise<void> {
    await this.see("review-order").click();
  }

  // confirmation

  async confirm(): Promise<void> {
    await this.see("confirm-submit").click();
  }

  async change(section: "items" | "customer" | "delivery" | "payment"): Promise<void> {
    await this.see(`change-${section}`).click();
  }

  // code entry

  get codeField(): Locator {
    return this.page.getByLabel(this.words.code);
  }

  async giveCode(code: string): Promise<void> {
    await this.codeField.fill(code);
    await this.see("sms-submit").click();
  }

  /** The code of the newest text, once it is there. */
  async giveRightCode(): Promise<void> {
    await this.giveCode(await this.sandbox.code(this.phone));
  }

  async giveWrongCode(): Promise<void> {
    await this.giveCode(await this.sandbox.wrongCode(this.phone));
  }

  /** Lets time go on for this shopper alone: a code expires, a button opens. Load the page anew to see it. */
  async letPass(seconds: number): Promise<void> {
    await this.sandbox.advance(seconds, { tel: this.phone });
  }

  async resend(): Promise<void> {
    await this.see("sms-resend").click();
  }

  // another method

  /** Why the check failed, as the banner says once it is there: "locked", "refused", "undelivered" … */
  async ngReason(): Promise<string> {
    return (await this.banner.getAttribute("data-reason")) ?? "";
  }

  async switchTo(method: PaymentMethod): Promise<void> {
    await this.see(`switch-to-${method}`).click();
    await this.see("confirm-submit").waitFor();
  }

  /** From the banner, with a number that can be reached. */
  async retryWith(phone: string): Promise<void> {
    await this.banner.getByRole("textbox").fill(phone);
    await this.see("retry-number").click();
  }

  // the payment page, and the pages of whoever takes the money

  /** Opens the link of the newest text that holds one. */
  async openPaymentLink(): Promise<void> {
    await this.page.goto(await this.sandbox.link(this.phone));
  }

  async chooseMeans(means: Means, store = ""): Promise<void> {
    await this.see(`pay-means-${means}`).click();
    if (store) await this.page.getByLabel(this.words.store).selectOption({ label: store });
    await this.see("pay-submit").click();
  }

  /** On the page of whoever takes cards or wallets. */
  async payHosted(): Promise<void> {
    await this.see("hosted-pay").click();
  }

  async refuseHosted(): Promise<void> {
    await this.see("hosted-refuse").click();
  }

  // orders

  async findOrder(number: string, email = this.email): Promise<void> {
    await this.open("/orders/find");
    await this.main.getByLabel(this.words.orderNumber).fill(number);
    await this.main.getByLabel(this.words.email).fill(email);
    await this.main.getByRole("button", { name: this.words.find }).click();
  }

  // several screens at once

  async toOrderInput(slug = "yunomi"): Promise<void> {
    await this.putInCart(slug);
    await this.goToCheckout();
  }

  async toConfirmation(method: PaymentMethod = "kuroneko_smartphone", phone = this.phone): Promise<void> {
    await this.toOrderInput();
    await this.giveContact(phone);
    await this.choose(method);
    await this.review();
    await this.see("confirm-submit").waitFor();
  }

  async toCodeEntry(phone = this.phone): Promise<void> {
    await this.toConfirmation("kuroneko_smartphone", phone);
    await this.confirm();
    await this.see("sms-code").waitFor();
  }

  /** After a text that reaches nobody: the code's screen, and at its next loading this. */
  async toBanner(phone: string): Promise<void> {
    await this.toCodeEntry(phone);
    await this.page.reload();
    await this.banner.waitFor();
  }
}
