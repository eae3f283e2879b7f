import { type DayKind, weekdays } from "../../../domain/access/access.ts";

/** What people call kinds of days, at the beginning of what is left of a line. */
const end = String.raw`(?=$|[\s,，;；:：、。])`;
const words: readonly (readonly [RegExp, DayKind | "worked"])[] = [
  [
    new RegExp(
      String.raw`^(?:调休上班|调休补班|补班|上班|班|make-?up (?:working )?day|working day|workday)${end}`,
      "i",
    ),
    "worked",
  ],
  [new RegExp(String.raw`^(?:半日|半天|half[- ]?day)${end}`, "i"), "halfDay"],
  [new RegExp(String.raw`^(?:年终决算日?|year[- ]?end(?: closing)?(?: day)?)${end}`, "i"), "yearEnd"],
  [new RegExp(String.raw`^(?:特殊日|special(?: day)?)${end}`, "i"), "special"],
  [new RegExp(String.raw`^(?:放假|休|节假日|holiday)${end}`, "i"), "holiday"],
];
const everyYear = new RegExp(String.raw`^(?:每年|every year|yearly)${end}`, "i");
const likeDay = new RegExp(
  String.raw`^(?:按|as)\s*(周[一二三四五六日天]|星期[一二三四五六日天]|[a-z]+)${end}`,
  "i",
);
const gap = /^[\s,，;；:：、]+/;

export interface KindSaid {
  readonly as: DayKind;
  readonly yearly: boolean;
  readonly name: string;
}

/** `workday as Monday Spring Festival`, `每年 年终决算`: the kind, whether it comes back, and what is left is its name. */
export function kindIn(text: string, worked: DayKind): KindSaid {
  let rest = text.trim();
  let said: DayKind | "worked" | undefined;
  let like: DayKind | undefined;
  let yearly = false;
  const take = (length: number): void => {
    rest = rest.slice(length).replace(gap, "");
  };
  for (;;) {
    const year = everyYear.exec(rest);
    const day = likeDay.exec(rest);
    const kind = said === undefined ? words.find(([pattern]) => pattern.test(rest)) : undefined;
    const weekday = day === null ? undefined : weekdayCalled(day[1] ?? "");
    if (year !== null && !yearly) {
      yearly = true;
      take(year[0].length);
    } else if (day !== null && weekday !== undefined && like === undefined) {
      like = weekday;
      take(day[0].length);
    } else if (kind !== undefined) {
      said = kind[1];
      take(kind[0].exec(rest)?.[0].length ?? 0);
    } else break;
  }
  const as = like ?? (said === "worked" ? worked : (said ?? "holiday"));
  return { as, yearly, name: rest.trim() };
}

/** One cell of a table: a kind by its name in the API or by what people call it. Undefined where it is none. */
export function kindCalled(text: string, worked: DayKind): DayKind | undefined {
  const said = text.trim();
  if (said === "") return "holiday";
  const exact = ["holiday", "halfDay", "yearEnd", "special"].find(
    (kind) => kind.toLowerCase() === said.toLowerCase(),
  );
  // One of the four names just compared with.
  if (exact !== undefined) return exact as DayKind;
  const weekday = weekdayCalled(said.replace(/^(?:按|as)\s*/i, ""));
  if (weekday !== undefined) return weekday;
  const { as, name } = kindIn(said, worked);
  return name === "" ? as : undefined;
}

const chinese = "一二三四五六日";

/** `周一`, `星期日`, `Monday`, `Mon`. */
export function weekdayCalled(text: string): (typeof weekdays)[number] | undefined {
  const sign = /^(?:周|星期)([一二三四五六日天])$/.exec(text.trim())?.[1];
  if (sign !== undefined) return weekdays[chinese.indexOf(sign === "天" ? "日" : sign)];
  const word = text.trim().toLowerCase();
  return word.length < 3 ? undefined : weekdays.find((day) => day === word || day.slice(0, 3) === word);
}
