import type { Cardholder, DirectoryPage } from "../ports/directory.ts";
import { folded, searchedText } from "../ports/directory-checks.ts";

/** Whether a page's filters let somebody through. */
export function fits(one: Cardholder, { search, group, accessLevel, kind, status }: DirectoryPage): boolean {
  if (search && one.id !== search && !searchedText(one).includes(folded(search))) return false;
  if (group !== undefined && !one.groups.includes(group)) return false;
  if (accessLevel !== undefined && !one.accessLevels.includes(accessLevel)) return false;
  return (kind ?? one.kind) === one.kind && (status ?? one.status) === one.status;
}
