import { setTimeout as wait } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { ConsolePage, laptop, phone } from "./console-page.ts";
import { obey } from "./hands-at-the-doors.ts";
import type { SiteApi } from "./site-api.ts";

const testLimitMs = 60_000;
/** Whoever finds a door still locked tries it again. */
const triesAgainMs = 1_000;
const isOver = (at = 0): boolean => Date.now() - at > triesAgainMs;

/** The commissioning page as an installer uses it, in English; and the hands that do at the doors what it says. */
export class WizardPage extends ConsolePage {
  readonly #hands: SiteApi;

  constructor(page: Page, hands: SiteApi) {
    super(page);
    this.#hands = hands;
  }

  /** By the list of steps, as with the thumb. */
  async goTo(step: string): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "All steps" })
      .getByRole("button", { name: step })
      .click();
    await this.heading(step).waitFor();
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { level: 2, name, exact: true });
  }

  get atHand(): Locator {
    return this.page.locator(".commission-card[data-standing]").first();
  }

  /** What the page asks for now, read by somebody at the doors. */
  async asked(): Promise<string | undefined> {
    const words = this.page.locator(".commission-asked-words");
    return (await words.allTextContents())[0];
  }

  async chooseTest(name: string): Promise<void> {
    const tests = this.page.getByRole("navigation", { name: "Tests of this step" });
    if ((await tests.count()) > 0) await tests.getByRole("button", { name }).click();
    await this.page.getByRole("heading", { level: 3, name }).waitFor();
  }

  /** Starts the test and does what the page says until it has a verdict. */
  async tryIt(name: string, onAsked: (asked: string) => Promise<void> = async () => {}): Promise<string> {
    await this.chooseTest(name);
    const [formerly] = await this.record.allTextContents();
    await this.page.getByRole("button", { name: /^(Start|Repeat)$/ }).click();
    let before: { readonly asked: string; readonly at: number } | undefined;
    const end = Date.now() + testLimitMs;
    while (Date.now() < end) {
      if ((await this.running.count()) === 0) {
        const [now] = await this.record.allTextContents();
        if (now !== undefined && now !== formerly) return await this.#cameTo();
      } else {
        const asked = await this.asked();
        const isNew = before?.asked !== asked;
        if (asked !== undefined && !asked.startsWith("Watching") && (isNew || isOver(before?.at))) {
          if (isNew) await onAsked(asked);
          await obey(this.#hands, asked);
          before = { asked, at: Date.now() };
        }
      }
      await wait(50);
    }
    throw new Error(`${name} came to nothing: ${await this.atHand.textContent()}`);
  }

  /** The verdict, and where it is not plainly in order what was seen. */
  async #cameTo(): Promise<string> {
    const verdict = (await this.verdict.textContent()) ?? "";
    if (verdict === "In order") return verdict;
    return `${verdict}: ${await this.atHand.locator(".commission-seen-then").textContent()}`;
  }

  /** Which record says what came of the test at hand. */
  get record(): Locator {
    return this.atHand.locator(".commission-result .commission-fine");
  }

  get running(): Locator {
    return this.page.locator('.commission-card[data-standing="running"]');
  }

  get verdict(): Locator {
    return this.atHand.locator('.commission-verdict[data-large="true"]');
  }

  /** Every step as it is now, in Chinese on a phone: what axe finds, and what sticks out. */
  async wrongOnAPhone(steps: readonly string[], examined: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    await this.button("切换到中文").click();
    await this.page.setViewportSize(phone);
    await this.page.locator(".commission-steps:not([open])").waitFor();
    for (const step of steps) {
      await this.page.locator(".commission-steps > summary").click();
      await this.page.locator(`.commission-steps li:nth-child(${steps.indexOf(step) + 1}) button`).click();
      await this.page.locator(`[data-step="${step}"]`).waitFor();
      await this.picture(`commissioning-${step}-phone-zh`, true);
      const barriers = examined.includes(step) ? await this.barriers() : [];
      found.push(...barriers.map((barrier) => `${step}: ${barrier}`));
      if (await this.sticksOut()) found.push(`${step}: sticks out`);
    }
    await this.page.setViewportSize(laptop);
    await this.button("Switch to English").click();
    return found;
  }
}
