import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DoorScreen } from "../../src/api/display-screen.ts";

export const landscape = { width: 800, height: 480 };
export const portrait = { width: 480, height: 800 };

/** The page on the screen at a door, and somebody who notes all that it ever shows and sounds. */
export class DoorScreenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[] = [];

  static async open(browser: Browser, address: string, viewport = landscape): Promise<DoorScreenPage> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.addInitScript(noteEverything);
    const screen = new DoorScreenPage(context, page);
    await page.goto(`${address}/display`);
    return screen;
  }

  /** One that shows what a test says, as if it were paired. */
  static async shown(
    browser: Browser,
    address: string,
    viewport: typeof landscape,
  ): Promise<DoorScreenPage & { show(screen: DoorScreen): Promise<void> }> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.addInitScript(toldByTheTest);
    const told = new ToldScreen(context, page);
    await page.route("**/api/v1/display", (route) => route.fulfill({ json: atRest }));
    await page.goto(`${address}/display`);
    await page.getByText("请刷卡").waitFor();
    return told;
  }

  protected constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      const expected = /Failed to load resource|ERR_/.test(message.text());
      if (message.type() === "error" && !expected) this.complaints.push(message.text());
    });
  }

  /** Once it says so in Chinese. */
  async says(words: string, timeout = 15_000): Promise<void> {
    await this.page.locator(".title", { hasText: words }).first().waitFor({ timeout });
  }

  /** All titles since they were last asked for, one after the other. */
  async said(): Promise<readonly string[]> {
    return await this.page.evaluate("window.seenTitles.splice(0)");
  }

  /** Hertz. */
  async heard(): Promise<readonly number[]> {
    return await this.page.evaluate("window.heardNotes.splice(0)");
  }

  /** Whether everything stands within the glass, in the letters it is meant to be read in. */
  async fits(): Promise<boolean> {
    return await this.page.evaluate(`document.fonts.ready.then(() => [...document.querySelectorAll("p, h1, time, .pictogram")].every((part) => {
      const { left, top, right, bottom } = part.getBoundingClientRect();
      return left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
    }) && document.documentElement.scrollHeight <= innerHeight)`);
  }
}

class ToldScreen extends DoorScreenPage {
  constructor(context: BrowserContext, page: Page) {
    super(context, page);
  }

  /** And goes on saying so. */
  async show(screen: DoorScreen): Promise<void> {
    await this.page.evaluate(`window.tellScreen(${JSON.stringify(screen)})`);
  }
}

/** As a screen is told on a quiet morning. */
export const atRest: DoorScreen = {
  ...{ text: "ready", hint: null, progress: null, remaining: null, name: null, mirror: false },
  ...{ accessPoint: "outer-entry", site: { en: "Demo branch", zh: "演示网点" } },
  vestibule: { en: "Main entrance", zh: "正门联动门" },
  settings: { languages: ["zh", "en"], sound: 60, appearance: "light" },
  clock: { time: "2026-11-22T02:30:00.000Z", timeZone: "Asia/Shanghai" },
};

const noteEverything = `
  window.seenTitles = [];
  window.heardNotes = [];
  const note = () => {
    const title = document.querySelector(".title")?.textContent ?? null;
    if (title !== null && title !== window.seenTitles.last) {
      window.seenTitles.last = title;
      window.seenTitles.push(title);
    }
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
  window.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) {
      super(context, options);
      window.heardNotes.push(options.frequency);
    }
  };
`;

const toldByTheTest = `
  let source;
  let again;
  window.EventSource = class extends EventTarget {
    constructor() {
      super();
      source = this;
    }
    close() {}
  };
  window.tellScreen = (screen) => {
    clearInterval(again);
    const tell = () => source.dispatchEvent(new MessageEvent("screen", { data: JSON.stringify(screen) }));
    tell();
    again = setInterval(tell, 500);
  };
`;
