import type { Cardholder, DirectoryPage } from "../ports/directory.ts";
import { folded, searchedText } from "../ports/directory-checks.ts";
import { directoryLimits } from "../ports/directory-limits.ts";

/** Of everybody, in the order of their ids. */
export function pageOf(everybody: readonly Cardholder[], page: DirectoryPage): readonly Cardholder[] {
  const { after = "", limit } = page;
  if (!Number.isInteger(limit) || limit < 1 || limit > directoryLimits.listed) {
    throw new RangeError(`limit ${limit} is not within 1 to ${directoryLimits.listed}`);
  }
  return everybody.filter((one) => one.id > after && fits(one, page)).slice(0, limit);
}

/** Whether a page's filters let somebody through. */
function fits(one: Cardholder, { search, group, accessLevel, kind, status }: DirectoryPage): boolean {
  if (search && one.id !== search && !searchedText(one).includes(folded(search))) return false;
  if (group !== undefined && !one.groups.includes(group)) return false;
  if (accessLevel !== undefined && !one.accessLevels.includes(accessLevel)) return false;
  return (kind ?? one.kind) === one.kind && (status ?? one.status) === one.status;
}
