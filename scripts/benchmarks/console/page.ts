import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** A desk's browser in which somebody is signed in. */
export async function desk(browser: Browser, address: string, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1920, height: 1080 } });
  const [name = "", value = ""] = cookie.split("=", 2);
  await context.addCookies([{ name, value, url: address }]);
  await context.addInitScript(noteEvents);
  return context;
}

/** From the address to the moment `seen` is drawn, in milliseconds. */
export async function firstView(context: BrowserContext, address: string, seen: string): Promise<number> {
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.locator(seen).first().waitFor();
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  const spent = performance.now() - started;
  await page.close();
  return spent;
}

/** In the page: how long after it was recorded each event's row has been drawn, in milliseconds. */
const noteEvents = `
  window.__delays = [];
  const seen = new Set();
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      const rows = node.matches(".record-row") ? [node] : [...node.querySelectorAll(".record-row")];
      for (const row of rows) {
        const time = row.querySelector("time")?.dateTime ?? "";
        const key = row.querySelector("small")?.textContent ?? "";
        if (time === "" || seen.has(key)) continue;
        seen.add(key);
        if (seen.size > 5000) seen.clear();
        requestAnimationFrame(() => window.__delays.push(Date.now() - Date.parse(time)));
      }
    }
  }).observe(document, { childList: true, subtree: true });
`;

/** What was noted since the last time. */
export const delaysOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate("window.__delays.splice(0)");

export interface PageMemory {
  /** JavaScript's heap after it was tidied, in MB. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

export async function memoryOf(session: CDPSession): Promise<PageMemory> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  return { heap: usedSize / 1e6, nodes, listeners: jsEventListeners };
}
