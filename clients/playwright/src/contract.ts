import { CONTRACT, SLUGS } from "./contract-data.js";

export { CONTRACT, SLUGS };

/** What flows may rely on: addresses, names, test ids, numbers, goods and seconds. */
export type Contract = typeof CONTRACT;

/** On `<main>` as data-step. */
export type Step = Contract["steps"][number];
/** On the banner as data-reason: why a check failed. */
export type Reason = Contract["reasons"][number];
export type PaymentMethod = Contract["payments"]["methods"][number]["code"];
/** A way to pay on the payment page. */
export type Means = Contract["payments"]["means"][number];
export type OrderState = Contract["orders"]["states"][number];
export type PaymentState = Contract["payments"]["states"][number];
/** An outside event that the sandbox plays. */
export type OutsideEvent = Contract["events"][number];
/** The last four digits of a number that makes a thing happen. */
export type Ending = Contract["numbers"][number]["ending"];
export type TestId = Contract["test_ids"][keyof Contract["test_ids"]][number];
/** A screen in a state, as the gallery names it. */
export type Slug = (typeof SLUGS)[number];
