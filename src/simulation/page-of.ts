import { enrolmentOf } from "../domain/biometric/enrolment.ts";
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
function fits(
  one: Cardholder,
  { search, group, accessLevel, kind, status, enrolment }: DirectoryPage,
): boolean {
  if (search && one.id !== search && !searchedText(one).includes(folded(search))) return false;
  if (group !== undefined && !one.groups.includes(group)) return false;
  if (accessLevel !== undefined && !one.accessLevels.includes(accessLevel)) return false;
  if (enrolment !== undefined && enrolment !== (isEnough(one) ? "enough" : "lacking")) return false;
  return (kind ?? one.kind) === one.kind && (status ?? one.status) === one.status;
}

const isEnough = ({ photos }: Cardholder): boolean =>
  enrolmentOf(photos.map(({ quality }) => quality)).enough;

/** By name. */
export function groupsOf(everybody: readonly Cardholder[]) {
  const members = new Map<string, number>();
  for (const { groups } of everybody)
    for (const name of new Set(groups)) members.set(name, (members.get(name) ?? 0) + 1);
  return [...members]
    .map(([name, number]) => ({ name, members: number }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
