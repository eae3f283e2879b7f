import { mkdir } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { personName } from "../../src/console/texts/person-name.ts";

const flags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium; `more`: flags of its own, such as a camera it shall pretend to have. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: [...flags, ...more] });
}

export const laptop = { width: 1366, height: 768 };
export const desk = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };

const screenshots = "artifacts/screenshots";
/** A page that is drawn beside whole daemons may take its time; one that never comes to it costs no more. */
const comesLimitMs = 10_000;

/** The demo page as a person at it sees and uses it; in English unless the person chose otherwise. */
export class ConsolePage {
  readonly page: Page;
  /** What the browser complained of: errors of scripts and whatever the content security policy blocked. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => {
      this.complaints.push(error.message);
      // At once: a page that broke answers no later question, and the test that asked it would say only that.
      console.error(error.stack ?? error.message);
    });
    page.on("console", (message) => {
      // Asking whether somebody is signed in is answered 401 where nobody is; so is a lost connection.
      const expected = /Failed to load resource|ERR_/.test(message.text());
      if (message.type() === "error" && !expected) this.complaints.push(message.text());
    });
  }

  async signIn(password: string): Promise<void> {
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async choosePassword(next: string, repeat = next): Promise<void> {
    await this.page.getByLabel("New password", { exact: true }).fill(next);
    await this.page.getByLabel("New password again", { exact: true }).fill(repeat);
  }

  /** In English, as the page shows them: who holds the demo's cards, in the order of the cards' numbers. */
  async people(): Promise<readonly string[]> {
    const answer = await this.page.request.get(new URL("/api/v1/cardholders", this.page.url()).href);
    const { cardholders } = (await answer.json()) as {
      cardholders: { name: string; cards: { number: string }[] }[];
    };
    const byCard = cardholders.toSorted((a, b) =>
      (a.cards[0]?.number ?? "").localeCompare(b.cards[0]?.number ?? ""),
    );
    return byCard.map(({ name }) => personName(name, "en"));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  async standAt(accessPoint: string): Promise<void> {
    await this.page
      .getByRole("region", { name: "At the four readers" })
      .getByRole("button", { name: accessPoint })
      .click();
  }

  /** Puts a demo cardholder before the camera of the chosen reader. */
  async putBeforeCamera(name: string): Promise<void> {
    const people = this.page.getByRole("group", { name: /Who stands at the camera/ });
    await people.getByRole("button", { name }).click();
    await people.getByRole("button", { name, pressed: true }).waitFor();
  }

  card(number: string): Locator {
    return this.page.getByRole("group", { name: /Present a card/ }).getByRole("button", { name: number });
  }

  async presentCard(number: string): Promise<void> {
    await this.card(number).click();
  }

  async chooseDoor(name: "Outer door" | "Inner door"): Promise<void> {
    await this.page.getByRole("radiogroup").getByText(name).click();
  }

  doorFacts(door: "outer" | "inner"): Locator {
    return this.page.locator(`.door-facts[data-door="${door}"]`);
  }

  /** The door's facts once it is secure. */
  secured(door: "outer" | "inner"): Locator {
    return this.page.locator(`.door-facts[data-door="${door}"][data-secure="true"]`);
  }

  display(accessPoint: string): Locator {
    return this.page.getByRole("article").filter({ hasText: accessPoint }).locator(".display");
  }

  /** The newest line of the record that says this. */
  recorded(sentence: string | RegExp): Locator {
    return this.page.locator(".record-row").filter({ hasText: sentence }).first();
  }

  /** Whether it is still active, or over and waiting for somebody. */
  alarm(type: string): Locator {
    return this.page.locator(".alarm").filter({ hasText: type });
  }

  tick(title: string | RegExp): Locator {
    return this.page.locator('.tour-items li[data-done="true"]').filter({ hasText: title });
  }

  /** Kept as `artifacts/screenshots/NAME.png`. */
  async picture(name: string, fullPage = false): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: `${screenshots}/${name}.png`, fullPage });
  }

  /** What axe finds wrong for people who do not see, hear or point as others do; empty when clean. */
  async barriers(): Promise<readonly string[]> {
    const found = await this.#examined();
    // What arrives while axe is at work (a record, a notice that goes) fades, and is read half way: a barrier stays.
    return found.length === 0 ? found : await this.#examined();
  }

  async #examined(): Promise<readonly string[]> {
    await this.settled();
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  }

  /** What fades in or away has done so; what moves for ever (a siren's banner, a spinner) is not waited for. */
  async settled(): Promise<void> {
    const still = `!document.getAnimations().some(({ playState, effect }) =>
      playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime ?? Infinity))`;
    // Twice in a row: between two animations of one movement nothing moves for a moment.
    await this.#comes(still);
    await this.page.waitForTimeout(100);
    await this.#comes(still);
  }

  /** Whether anything sticks out of the page sideways once it has settled in a window of this size. */
  async sticksOut(): Promise<boolean> {
    return !(await this.#comes(
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
    ));
  }

  /** Whether it comes to be so. Asked from here: the page's policy lets no text be evaluated in it. */
  async #comes(expression: string): Promise<boolean> {
    const end = performance.now() + comesLimitMs;
    for (;;) {
      if ((await this.page.evaluate(expression)) === true) return true;
      if (performance.now() > end) return false;
      await this.page.waitForTimeout(50);
    }
  }
}
