import { setTimeout as sleep } from "node:timers/promises";
import type { Contract, OrderState, OutsideEvent, PaymentMethod, PaymentState, Slug } from "./contract.js";

const WITHIN = 10; // seconds in which an order's mail is promised
const LONGEST_WAIT = 30; // seconds that the shop holds one question open

interface Message {
  id: number;
  to: string;
  text: string;
  sent_at: string;
  /** Null where the message holds none. */
  code: string | null;
  links: string[];
  /** The checkout that it belongs to, by the id that moves its time. */
  checkout: string | null;
}

export interface Text extends Message {
  provider: string;
  status: "sent" | "delivered" | "undelivered";
}

export interface Mail extends Message {
  subject: string;
  html: string;
}

/** How long to wait for a message, in seconds, and which one is known already. */
export interface Waiting {
  within?: number;
  after?: number;
}

/** Whose time is moved: one checkout, the newest of a phone number, or one order. */
export type Whose = { checkout: string } | { tel: string } | { order: string };

export interface WantedOrder {
  state: OrderState;
  payment?: PaymentMethod;
  payment_state?: PaymentState;
  tel?: string;
  email?: string;
  items?: Record<string, number>;
  name?: string;
  lang?: "ja" | "en";
  delivery_date?: string;
  delivery_method?: string;
  note?: string;
  age_days?: number;
}

export interface MadeOrder {
  number: string;
  status_url: string;
  pay_url: string;
}

export interface Cookie {
  name: string;
  value: string;
  domain: string;
  path: string;
  expires: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: "Strict" | "Lax" | "None";
}

/** A screen made ready: open url in a context that has storage_state. */
export interface ReadyState {
  url: string;
  storage_state: { cookies: Cookie[]; origins: [] };
  /** What was typed and what came of it; null where there is none. */
  tel: string | null;
  email: string | null;
  code: string | null;
  number: string | null;
}

export interface AskedProvider {
  to: string;
  [field: string]: unknown;
}

export interface Fault {
  to: "yamato" | "sms" | "hosted" | "mail";
  next?: number;
  status?: number;
  delay?: number;
}

/** The test shop's outside world: its phone, its mailbox, its clock and its providers. */
export class Sandbox {
  constructor(readonly url: string) {}

  /** The texts to a number that have arrived, newest first. */
  texts(to: string): Promise<Text[]> {
    return this.get("phone.json", { to });
  }

  /** The mails to an address that have arrived, newest first. */
  mails(to: string): Promise<Mail[]> {
    return this.get("mailbox.json", { to });
  }

  /** The newest text; waits for one. */
  text(to: string, waiting: Waiting = {}): Promise<Text> {
    return this.newest<Text>("phone.json", "text", to, waiting);
  }

  /** The newest mail; waits for one. */
  mail(to: string, waiting: Waiting = {}): Promise<Mail> {
    return this.newest<Mail>("mailbox.json", "mail", to, waiting);
  }

  /** The code of the newest text. */
  async code(to: string, waiting: Waiting = {}): Promise<string> {
    const { code, text } = await this.text(to, waiting);
    if (!code) throw new Error(`the newest text to ${to} holds no code: ${text}`);
    return code;
  }

  /** Four digits that are not the code of the newest text. */
  async wrongCode(to: string): Promise<string> {
    const code = Number(await this.code(to));
    return String((code + 1) % 10_000).padStart(4, "0");
  }

  /** The link of the newest text that has one, which may still be under way. */
  async link(to: string, { within = WITHIN }: Waiting = {}): Promise<string> {
    const end = Date.now() + within * 1000;
    for (let after: number | undefined; ; ) {
      const left = Math.max(0, (end - Date.now()) / 1000);
      const text = await this.text(to, after === undefined ? { within: left } : { within: left, after });
      const [link] = text.links;
      if (link) return link;
      after = text.id;
    }
  }

  /** How to sign in as the demo shop's owner; the code is of this half minute. */
  owner(): Promise<{ email: string; password: string; code: string }> {
    return this.get("owner.json", {});
  }

  /** Moves the clock on by whole seconds: of one checkout or order, or of the whole shop. */
  async advance(seconds: number, whose?: Whose): Promise<void> {
    await this.post("clock", { advance: seconds, ...whose });
  }

  /** The demo shop as new. Everybody's orders and carts are gone: not for a shared shop. */
  async reset(): Promise<void> {
    await this.post("reset", { seed: 1 });
  }

  /** An order that was brought to a state through the shop's own rules. */
  order(wanted: WantedOrder): Promise<MadeOrder> {
    return this.post("orders", wanted);
  }

  /** Plays what happens outside, as `{ event: "shipped", order }`. */
  happen(event: { event: OutsideEvent; [field: string]: unknown }): Promise<Record<string, unknown>> {
    return this.post("events", event);
  }

  /** Sets how many pieces of a product there are; they count down from there. */
  async stock(pieces: Record<string, number>): Promise<void> {
    await this.post("stock", pieces);
  }

  /** What the shop asked its providers, and what came back. */
  requests(of: { to?: string; order?: string } = {}): Promise<AskedProvider[]> {
    return this.get("requests", of);
  }

  /** A provider answers its next calls so. */
  async fault(fault: Fault): Promise<void> {
    await this.post("faults", fault);
  }

  /** A screen and state of the gallery, made ready for a browser. */
  state(slug: Slug, lang: "ja" | "en" = "ja"): Promise<ReadyState> {
    return this.post("states", { slug, lang });
  }

  /** What flows may rely on, as the running shop tells it. */
  contract(): Promise<Contract> {
    return this.get("contract.json", {});
  }

  private async newest<Kind extends Message>(
    path: string,
    kind: string,
    to: string,
    { within = WITHIN, after }: Waiting,
  ): Promise<Kind> {
    const end = Date.now() + within * 1000;
    for (;;) {
      const left = Math.max(0, end - Date.now());
      const wait = Math.min(LONGEST_WAIT, Math.ceil(left / 1000));
      const known = after === undefined ? {} : { after };
      const [message] = await this.get<Kind[]>(path, { to, wait, ...known });
      if (message) return message;
      if (Date.now() >= end) throw new Error(`no ${kind} came to ${to} within ${within} s`);
      await sleep(100);
    }
  }

  private async get<Answer>(path: string, query: Record<string, string | number>): Promise<Answer> {
    const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.read<Answer>(await fetch(`${this.url}/sandbox/${path}?${words}`));
  }

  private async post<Answer>(path: string, body: object): Promise<Answer> {
    const headers = { "Content-Type": "application/json" };
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    return this.read<Answer>(await fetch(`${this.url}/sandbox/${path}`, sent));
  }

  private async read<Answer>(response: Response): Promise<Answer> {
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
