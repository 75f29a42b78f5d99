import type { Locator, Page } from "@playwright/test";
import type { Sandbox } from "./sandbox.js";

/** One tab on the owner's side, in Japanese. */
export class OwnerPage {
  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
  ) {}

  get main(): Locator {
    return this.page.locator("main");
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get flash(): Locator {
    return this.page.getByTestId("flash");
  }

  see(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** A page of the owner's side, as `/orders`. */
  async open(path: string): Promise<void> {
    await this.page.goto(`/admin${path}`);
  }

  /** As the demo shop's owner, with both factors. */
  async signIn(): Promise<void> {
    await this.open("/");
    const { email, password, code } = await this.sandbox.owner();
    await this.fill("メールアドレス", email);
    await this.fill("パスワード", password);
    await this.press("次へ");
    await this.fill("確認コード", code);
    await this.press("サインイン");
    await this.page.getByRole("navigation", { name: "アカウント" }).waitFor();
  }

  async fill(label: string, text: string): Promise<void> {
    await this.main.getByLabel(label).first().fill(text);
  }

  async press(name: string): Promise<void> {
    await this.main.getByRole("button", { name }).first().click();
  }

  async follow(name: string): Promise<void> {
    await this.main.getByRole("link", { name }).first().click();
  }

  /** With the slip number of the parcel: 12 digits, the last of which checks the others. */
  async ship(order: string, slip = slipNumber()): Promise<void> {
    await this.open(`/orders/${order}`);
    await this.fill("送り状番号", slip);
    await this.press("発送する");
  }

  async deliver(order: string): Promise<void> {
    await this.open(`/orders/${order}`);
    await this.press("お届け完了にする");
  }
}

/** A fresh one that passes Yamato's check: the first eleven digits modulo seven. */
export function slipNumber(): string {
  const digits = String(Math.floor(Math.random() * 1e11)).padStart(11, "0");
  return digits + String(Number(BigInt(digits) % 7n));
}
