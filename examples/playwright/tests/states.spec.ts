import { expect, test } from "storefront-playwright";

test("a screen is opened in the state that a test is about", async ({ inState }) => {
  const shopper = await inState("sms-expired");

  await expect(shopper.main).toHaveAttribute("data-state", "expired");
});

test("whoever stands there goes on", async ({ inState }) => {
  const shopper = await inState("sms-wrong-2");

  await shopper.giveRightCode();

  await expect(shopper.orderNumber).toBeVisible();
});
