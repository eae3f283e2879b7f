export const themeChoices = ["auto", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = "light" | "dark";

const memory = "vestibule.theme";
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** What was chosen here; `auto` follows the system. */
export function themeChoice(): ThemeChoice {
  const remembered = localStorage.getItem(memory);
  return themeChoices.find((one) => one === remembered) ?? "auto";
}

export function themeShown(): Theme {
  const choice = themeChoice();
  if (choice !== "auto") return choice;
  return darkness.matches ? "dark" : "light";
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(memory, choice);
  apply();
}

export function startTheme(): void {
  darkness.addEventListener("change", apply);
  apply();
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(): void {
  document.documentElement.dataset["theme"] = themeShown();
  for (const listener of listeners) listener();
}
