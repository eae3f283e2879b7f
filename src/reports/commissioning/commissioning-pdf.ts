import { wallTime } from "../../domain/time.ts";
import { commissioningSteps } from "../../ports/services/commissioning-services.ts";
import type { Fact } from "../facts.ts";
import { EmbeddedFont } from "../pdf/embedded-font.ts";
import { cellPadding, fontSize, inner } from "../pdf/page-content.ts";
import { layOutTable } from "../pdf/page-lines.ts";
import { tableFile } from "../pdf/table-file.ts";
import type { ReportRow } from "../report.ts";
import { SiteTime } from "../site-time.ts";
import type { CommissioningFacts, CommissioningFactsTest } from "./commissioning-facts.ts";
import { type CommissioningTexts, commissioningTexts } from "./commissioning-texts.ts";

/** Test, verdict, what was seen, by whom, when. */
const shares = [0.24, 0.1, 0.45, 0.09, 0.12];
const widths = shares.map((share) => share * inner.width);

/** The report as an installer signs and a bank files it: every test, nothing shortened. */
export function commissioningPdf(facts: CommissioningFacts, language: "en" | "zh"): Uint8Array {
  const texts = commissioningTexts[language];
  const font = new EmbeddedFont();
  const time = new SiteTime(facts.site.timeZone, wallTime(Date.parse(facts.begun.at)));
  const write = { facts, language, texts, when: (at: string) => time.text(wallTime(Date.parse(at))) };
  const rows = rowsOf(write).flatMap((row) => wrapped(font, row));
  const content = tableFile({
    font,
    title: `${texts.title} – ${facts.site.name[language]}`,
    author: facts.ended.operator,
    language,
    heading: texts.heading,
    widths,
    pages: layOutTable(rows, []),
    facts: footOf(write),
    pageOf: texts.pageOf,
  });
  return Buffer.concat(content);
}

interface Writing {
  readonly facts: CommissioningFacts;
  readonly language: "en" | "zh";
  readonly texts: CommissioningTexts;
  readonly when: (at: string) => string;
}

const empty: ReportRow = ["", "", "", "", ""];

function rowsOf(write: Writing): readonly ReportRow[] {
  const { facts, texts } = write;
  return [
    ...factsOf(write).map(([label, value]): ReportRow => [label, "", value, "", ""]),
    empty,
    ...commissioningSteps.flatMap((step): readonly ReportRow[] => {
      const tests = facts.tests.filter((test) => test.step === step);
      if (tests.length === 0) return [];
      return [
        [`— ${texts.steps[step]}`, "", "", "", ""],
        ...tests.flatMap((test) => testRows(write, test)),
        empty,
      ];
    }),
    ...openRows(write),
    [`— ${texts.wiring}`, "", "", "", ""],
    ...facts.wiring.map(
      ({ name, direction, chip, line, terminal }): ReportRow => [
        name,
        direction === "in" ? texts.input : texts.output,
        [chip, line, terminal].filter((part) => part !== null).join("  "),
        "",
        "",
      ],
    ),
  ];
}

function testRows({ texts, language, when }: Writing, test: CommissioningFactsTest): readonly ReportRow[] {
  const { result, leftOut } = test;
  const title = test.title[language];
  if (leftOut !== null) return [[title, texts.leftOut, leftOut.reason, leftOut.operator, when(leftOut.at)]];
  if (result === null) return [[title, texts.states[test.state], "", "", ""]];
  const figures = Object.entries(result.figures)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
  return [
    [title, texts.states[test.state], result.seen[language], result.operator, when(result.at)],
    ...result.steps.map(
      ({ asked, seen, verdict }, index): ReportRow => [
        `    ${index + 1}. ${asked[language]}`,
        texts.states[verdict],
        seen[language],
        "",
        "",
      ],
    ),
    ...(result.todo === null
      ? []
      : [["", "", `${texts.todo}${texts.colon}${result.todo[language]}`, "", ""]]),
    ...(figures === "" ? [] : [["", "", `${texts.figures}${texts.colon}${figures}`, "", ""]]),
  ];
}

function openRows({ facts, texts, language }: Writing): readonly ReportRow[] {
  const { openPoints } = facts.ended;
  const untried = facts.tests.filter(({ state }) => state === "untried" || state === "outdated");
  const failed = facts.tests.filter(({ state }) => state === "failed");
  const points = [
    ...failed.map(({ title }) => `${texts.states.failed}${texts.colon}${title[language]}`),
    ...untried.map(
      ({ title, state, leftOut }) =>
        `${texts.states[state]}${texts.colon}${title[language]}${leftOut === null ? "" : ` (${leftOut.reason})`}`,
    ),
    ...openPoints,
  ];
  const rows = (points.length === 0 ? [texts.noOpenPoints] : points).map(
    (point): ReportRow => ["", "", point, "", ""],
  );
  return [[`— ${texts.openPoints}`, "", "", "", ""], ...rows, empty];
}

function footOf({ facts, texts, language }: Writing): readonly Fact[] {
  const { site, configuration, journal } = facts;
  return [
    [texts.facts.site, `${site.name[language]} (${site.id})`],
    [texts.facts.configuration, configuration.hash],
    [texts.facts.position, String(journal.seq)],
    [texts.facts.hash, journal.hash],
  ];
}

function factsOf(write: Writing): readonly Fact[] {
  const { facts, texts, when } = write;
  const { box, board, begun, ended, tests } = facts;
  const count = (...states: readonly CommissioningFactsTest["state"][]): number =>
    tests.filter(({ state }) => states.includes(state)).length;
  return [
    [
      texts.summary,
      texts.count(count("passed"), count("doubtful"), count("failed"), count("untried", "outdated")),
    ],
    ...footOf(write),
    [texts.facts.box, `Vestibule ${box.version}, Node ${box.node}, ${box.machine}`],
    [texts.facts.board, board],
    [texts.facts.begun, `${when(begun.at)}, ${begun.operator}`],
    [texts.facts.ended, `${when(ended.at)}, ${ended.operator}`],
    [texts.comment, ended.comment.replace(/\s+/g, " ")],
    [texts.facts.signed, texts.signed],
  ];
}

/** A row over as many lines as its longest text takes. */
function wrapped(font: EmbeddedFont, row: ReportRow): readonly ReportRow[] {
  // A heading may run on: nothing stands beside it.
  if (row.slice(1).every((text) => text === "")) return [row];
  const cells = row.map((text, column) => linesOf(font, text, (widths[column] ?? 0) - cellPadding));
  const most = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: most }, (_, index) => cells.map((lines) => lines[index] ?? ""));
}

/** Broken between words, or where the language has no spaces, between characters. */
function linesOf(font: EmbeddedFont, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(/[\u2E80-\uFFEF]|[^\s\u2E80-\uFFEF]+\s*|\s+/gu) ?? []) {
    if (line !== "" && font.show(`${line}${part}`.trimEnd()).width * fontSize > width) {
      lines.push(line.trimEnd());
      line = part.trimStart();
    } else line += part;
  }
  return [...lines, line.trimEnd()];
}
