import type { ImportColumn, ImportFault } from "../../../ports/services/people-services.ts";

/** Said to whoever has to put the file right. */
const words = {
  notText: { en: "The file is neither UTF-8 nor GB18030 text", zh: "文件编码既不是 UTF-8，也不是 GB18030" },
  tooLarge: { en: "The file is larger than 5 MB", zh: "文件超过 5 MB" },
  tooManyRows: { en: "The file has more than 10,000 rows", zh: "文件超过 10000 行" },
  empty: { en: "The file has no row below its header", zh: "文件除表头外没有数据行" },
  brokenRow: { en: "Quotes do not close, or the row cannot be read", zh: "引号未闭合，或该行无法解析" },
  unknownColumn: { en: "There is no such column", zh: "没有这一列" },
  twiceColumn: { en: "The column is there twice", zh: "该列重复" },
  missingColumn: { en: "The header has no such column", zh: "表头缺少该列" },
  tooManyCells: { en: "The row has more cells than the header", zh: "该行的单元格多于表头" },
  missing: { en: "A value is needed here", zh: "此处必须填写" },
  tooLong: { en: "The value is too long", zh: "内容过长" },
  notALine: { en: "Control characters and line breaks are not taken", zh: "不允许控制字符或换行" },
  notANumber: { en: "Visible ASCII characters only, at most 64", zh: "只允许可见的 ASCII 字符，最多 64 个" },
  rounded: {
    en: "A spreadsheet has rounded this number: give the column the format Text, and enter it again",
    zh: "电子表格已将该号码舍入：请将该列设为文本格式后重新输入",
  },
  notAGroup: {
    en: "Lower-case letters, digits and hyphens, beginning with a letter, at most 32; several with ; between",
    zh: "组名由小写字母、数字和连字符组成，以字母开头，最多 32 个字符；多个之间用分号",
  },
  notALevel: { en: "This site has no such access level", zh: "本站点没有该权限组" },
  tooMany: { en: "More than one person may have", zh: "数量超过一人允许的上限" },
  notAFormat: {
    en: "A card is number or number:format, e.g. 4711:wiegand26",
    zh: "卡的写法为 卡号 或 卡号:格式，例如 4711:wiegand26",
  },
  notATime: {
    en: "2026-11-30, 2026-11-30 18:00 (the site's time) or 2026-11-30T18:00:00+08:00",
    zh: "写法为 2026-11-30、2026-11-30 18:00（站点时间）或 2026-11-30T18:00:00+08:00",
  },
  endsBeforeItBegins: { en: "validUntil is later than validFrom", zh: "失效时间必须晚于生效时间" },
  notAKind: { en: "staff or visitor", zh: "员工 或 访客" },
  numberTaken: { en: "Somebody has this personnel number already", zh: "该工号已被使用" },
  numberTwice: { en: "An earlier row has this personnel number", zh: "前面的行已有该工号" },
  cardTaken: { en: "Somebody has this card already", zh: "该卡号已被使用" },
  cardTwice: { en: "The file has this card twice", zh: "文件中该卡号重复" },
  unknownHost: {
    en: "No member of staff has this personnel number, here or in the file",
    zh: "名册和文件中都没有该工号的员工",
  },
  hostOfStaff: { en: "Only a visitor has a host", zh: "只有访客才有被访人" },
  visitNeedsHost: { en: "A visitor needs a host: a personnel number", zh: "访客必须填写被访人（工号）" },
  visitNeedsEnd: {
    en: "A visitor needs an end within a day of the beginning",
    zh: "访客必须填写失效时间，且不超过一天",
  },
  takenMeanwhile: {
    en: "Somebody was given one of these numbers while the file was being read; nothing was imported",
    zh: "读取文件期间有号码被占用；未导入任何人",
  },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly zh: string }>>;

export type FaultWord = keyof typeof words;

/** A message shows where to look, it does not repeat a file. */
const longestValue = 80;
const mostFaults = 1_000;

/** Collects what is wrong, in order, and stops listing at the bound. */
export class Faults {
  readonly #listed: ImportFault[] = [];
  #more = false;

  add(row: number, column: ImportColumn | null, word: FaultWord, value?: string): void {
    if (this.#listed.length >= mostFaults) {
      this.#more = true;
      return;
    }
    const shown = value === undefined || value === "" ? null : shortened(value);
    this.#listed.push({ row, column, value: shown, message: { ...words[word] } });
  }

  get any(): boolean {
    return this.#listed.length > 0;
  }

  listed(): { readonly faults: readonly ImportFault[]; readonly moreFaults: boolean } {
    return { faults: this.#listed.toSorted((one, other) => one.row - other.row), moreFaults: this.#more };
  }
}

function shortened(value: string): string {
  const shown = Array.from(value.toWellFormed().replaceAll(/\p{C}/gu, "�"));
  return shown.length <= longestValue ? shown.join("") : `${shown.slice(0, longestValue - 1).join("")}…`;
}
