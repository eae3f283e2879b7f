/** The page's first script: its name changes with its content, and with that of every part it fetches. */
export function scriptOf(html: string): string | null {
  return /<script[^>]+type="module"[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null;
}

/** Whether the server has another page by now than the one that is open. */
export async function isAnotherPage(path = "/"): Promise<boolean> {
  try {
    const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    const served = answer.ok ? scriptOf(await answer.text()) : null;
    const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
    return served !== null && own !== null && new URL(served, own.src).href !== own.src;
  } catch {
    return false; // away again: asked once more when it is back
  }
}
