import { defineConfig, devices } from "@playwright/test";
import { chromium } from "storefront-playwright";

const browser = chromium();
const launchOptions = browser ? { executablePath: browser } : {};
const phone = { ...devices["Pixel 7"], launchOptions };

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 4,
  timeout: 60_000, // four shops and four browsers may share two cores
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? [["line"], ["html", { open: "never" }]] : "line",
  use: { trace: "retain-on-failure", screenshot: "only-on-failure" },
  projects: [
    { name: "mobile", use: phone },
    { name: "desktop", use: { ...devices["Desktop Chrome"], launchOptions } },
    { name: "no-js", use: { ...phone, javaScriptEnabled: false } },
  ],
});
