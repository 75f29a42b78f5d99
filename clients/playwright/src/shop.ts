import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const STARTS_WITHIN = 60_000; // milliseconds; the first start of a version seeds its template
const ENDS_WITHIN = 10_000;
const LINES_KEPT = 500;

/** A test shop: one that this process started and ends, or one that runs elsewhere. */
export class Shop {
  private constructor(
    readonly url: string,
    private readonly child?: ChildProcess,
    private readonly lines: string[] = [],
  ) {}

  /** A shop that somebody else started, as `http://127.0.0.1:8000`. */
  static at(url: string): Shop {
    return new Shop(url.replace(/\/+$/, ""));
  }

  /**
   * Starts `<command> test-shop` on a free port.
   * @param command words of a command line, as `storefront` or `python -m storefront`
   * @throws Error with what the shop wrote, when it ends before it says its address
   */
  static async start(command = "storefront"): Promise<Shop> {
    const [program = "storefront", ...words] = command.split(/\s+/).filter(Boolean);
    const child = spawn(program, [...words, "test-shop", "--port", "0", "--json"], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    const written: string[] = [];
    createInterface({ input: child.stderr! }).on("line", (line) => keep(written, line));
    const { url } = JSON.parse(await firstLine(child, written)) as { url: string };
    return new Shop(url, child, written);
  }

  /** What the shop wrote last, for a report; empty where it runs elsewhere. */
  get log(): string {
    return this.lines.join("\n");
  }

  /** Ends a shop that was started here, and waits until it is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.stdin!.end();
    const last = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN);
    await gone;
    clearTimeout(last);
  }
}

function keep(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > LINES_KEPT) lines.shift();
}

function firstLine(child: ChildProcess, written: string[]): Promise<string> {
  const told = () => written.join("\n");
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the test shop did not start within ${STARTS_WITHIN / 1000} s\n${told()}`));
    }, STARTS_WITHIN);
    createInterface({ input: child.stdout! }).once("line", (line) => {
      clearTimeout(late);
      resolve(line);
    });
    child.once("error", ({ message }) => {
      clearTimeout(late);
      reject(new Error(`${child.spawnfile} cannot be started (${message}): set storefrontCommand`));
    });
    child.once("close", (status) => {
      clearTimeout(late);
      reject(new Error(`the test shop ended (${status})\n${told()}`));
    });
  });
}
