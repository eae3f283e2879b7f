/** As the site's file spells names of rules. */
export const isName = (text: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(text);

/** `schedule-3`, or whichever is free. */
export function freeName(stem: string, taken: readonly { readonly name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name));
  let number = taken.length + 1;
  while (names.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
