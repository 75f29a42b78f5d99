import { expect, scenario, test } from "storefront-playwright";

test("an order is placed with the code from the phone", async ({ shopper }) => {
  await shopper.toCodeEntry();
  await shopper.giveRightCode();

  await expect(shopper.main).toHaveAttribute("data-step", "complete");
  await expect(shopper.orderNumber).toHaveText(/^[A-Z0-9-]{8,16}$/);
});

test("a wrong code is told, and the right one still passes", async ({ shopper, sandbox }) => {
  await shopper.toCodeEntry();
  await shopper.giveCode(await sandbox.wrongCode(shopper.phone));
  await expect(shopper.main).toHaveAttribute("data-state", "wrong");

  await shopper.giveRightCode();
  await expect(shopper.main).toHaveAttribute("data-step", "complete");
});

test("an expired code is told, and a new one places the order", async ({ shopper, sandbox }) => {
  await shopper.toCodeEntry();
  const first = await sandbox.text(shopper.phone);
  await sandbox.advance(181, { tel: shopper.phone });
  await shopper.giveRightCode();
  await expect(shopper.main).toHaveAttribute("data-state", "expired");

  await shopper.resend();
  await shopper.giveCode(await sandbox.code(shopper.phone, { after: first.id }));
  await expect(shopper.main).toHaveAttribute("data-step", "complete");
});

test("a refused credit leads to another method in two taps", async ({ shopper }) => {
  await shopper.toConfirmation("kuroneko_smartphone", scenario("0021"));
  await shopper.confirm();
  await expect(shopper.banner).toHaveAttribute("data-reason", "credit");

  await shopper.switchTo("cod");
  await shopper.confirm();
  await expect(shopper.main).toHaveAttribute("data-step", "complete");
});

test("the link of the text is paid by card", async ({ shopper, sandbox }) => {
  await sandbox.order({ state: "delivered", tel: shopper.phone, email: shopper.email });
  await shopper.openPaymentLink();
  await expect(shopper.see("pay-amount")).toHaveAttribute("data-yen", "4136");

  await shopper.chooseMeans("card");
  await shopper.payHosted();
  await expect(shopper.main).toHaveAttribute("data-state", "paid");
});

test("the owner ships, and the shopper hears of it", async ({ owner, sandbox, phone }) => {
  const email = `${phone}@example.com`;
  const order = await sandbox.order({ state: "placed", payment: "cod", tel: phone, email });
  const before = await sandbox.mail(email);
  await owner.ship(order.number);
  await expect(owner.flash).toContainText("発送しました");

  const mail = await sandbox.mail(email, { after: before.id });
  expect(mail.subject).toContain("発送");
});
