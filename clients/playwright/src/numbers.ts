import { randomInt } from "node:crypto";
import type { Ending } from "./contract.js";

/** An ordinary mobile number without caps, which no other test has. */
export function freshPhone(): string {
  return `0800${String(randomInt(10_000_000)).padStart(7, "0")}`;
}

/**
 * A number of one's own that makes a thing happen.
 * @param ending the four digits of the contract's table, as `0021` for credit refused
 */
export function scenario(ending: Ending): string {
  return `0700${String(randomInt(1000)).padStart(3, "0")}${ending}`;
}
