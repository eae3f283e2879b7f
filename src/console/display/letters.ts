import { doorScreenTextsZh as zh } from "../texts/door-screen-zh.ts";

/**
 * Fetches the letters of everything the screen may ever say. A browser does so only as they are shown, and when it is to
 * say "out of service" there is nobody to fetch them from.
 */
export async function fetchLetters(): Promise<void> {
  const all = [zh.title, zh.detail, zh.hint].flatMap((words) => Object.values(words)).join("");
  // Without them the machine's own font does.
  await document.fonts.load('700 1em "Noto Sans SC Variable"', all).catch(() => undefined);
}
