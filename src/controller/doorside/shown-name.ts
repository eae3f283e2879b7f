import type { DisplaySettings } from "../../ports/services/display-services.ts";

/** Surnames of two characters; of every other Chinese name the first character is the surname. */
const twoCharacters =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|端木|长孙|宇文|轩辕|夏侯|南宫|独孤|呼延|澹台|赫连|申屠|太史|淳于|闻人|公冶|濮阳|钟离|鲜于|闾丘|司空|亓官|第五)/u;

/** What a display may say of a name; null where that is nothing. */
export function shownName(name: string, shown: DisplaySettings["name"]): string | null {
  if (shown === "none") return null;
  return shown === "full" ? name : givenName(name);
}

/** Of a name kept in both scripts (`林静 Lin Jing`) the Chinese one: which word of the other is given nobody can tell. */
function givenName(name: string): string {
  const [first = ""] = name.trim().split(/\s+/u);
  if (!/^[\p{Script=Han}·]+$/u.test(first)) return first;
  // 买买提·艾力: the given name comes first.
  if (first.includes("·")) return first.split("·")[0] ?? first;
  const given = first.replace(twoCharacters, "");
  return given === first || given === "" ? first.slice(1) || first : given;
}
