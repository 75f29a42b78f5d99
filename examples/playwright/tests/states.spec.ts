import { expect, test } from "storefront-playwright";

test("a screen is opened in the state that a test is about", async ({ inState, shopper }) => {
  await inState("sms-expired");

  await expect(shopper.main).toHaveAttribute("data-state", "expired");
});
