import type { CueName } from "../../src/domain/biometric/liveness/track.ts";
import { errorRates, isUnseen, type Judged, type Rates, type Rule } from "./error-rates.ts";
import { attackSpecies, described, genuineKinds } from "./species.ts";

/** The infrared cue needs a second camera, which the study's sequences have not. */
const cues: readonly CueName[] = ["geometry", "raster", "reflection", "surround", "microMotion", "replay"];

const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${(share * 100).toFixed(1)} %`);

type Share = Rates["bpcer"];
const withBounds = ({ share, low, high }: Share): string =>
  `${percent(share)} (${percent(low)}–${percent(high)})`;

/** Everything of docs/presentation-attacks.md that is a figure, as Markdown. */
export function studyReport(all: readonly Judged[]): string {
  const unseen = all.filter(isUnseen);
  const people = (some: readonly Judged[]): number => new Set(some.map(({ person }) => person)).size;
  return [
    `All: ${all.length} presentations of ${people(all)} people; made after the thresholds stood: ${unseen.length} of ${people(unseen)}.`,
    "",
    "### All presentations",
    "",
    ...speciesTable(all),
    "",
    "### Those made after the thresholds stood",
    "",
    ...speciesTable(unseen),
    "",
    "### Each cue on its own, and all but it (all presentations, life has to be shown)",
    "",
    ...cueTable(all, "shown"),
    "",
    "### The same, where everybody passes whom nothing speaks against",
    "",
    ...cueTable(all, "unless"),
    "",
  ].join("\n");
}

function speciesTable(all: readonly Judged[]): readonly string[] {
  const shown = errorRates(all, cues, "shown");
  const unless = errorRates(all, cues, "unless");
  const count = (kind: string): string => {
    const of = all.filter((judged) => judged.kind === kind);
    const silent = of.filter(({ noResponse }) => noResponse).length;
    return silent > 0 ? `${of.length} (${silent} without response)` : `${of.length}`;
  };
  const none: Share = { share: Number.NaN, low: Number.NaN, high: Number.NaN };
  return [
    "| species | presentations | APCER, life has to be shown | APCER, unless something speaks against |",
    "| --- | ---: | ---: | ---: |",
    ...attackSpecies.map(
      (kind) =>
        `| ${kind}: ${described[kind]} | ${count(kind)} | ${withBounds(shown.apcer.get(kind) ?? none)} | ${withBounds(unless.apcer.get(kind) ?? none)} |`,
    ),
    "",
    "| bona fide | presentations | BPCER, life has to be shown | BPCER, unless something speaks against |",
    "| --- | ---: | ---: | ---: |",
    ...genuineKinds.map(
      (kind) =>
        `| ${kind}: ${described[kind]} | ${count(kind)} | ${withBounds(shown.bpcerOf.get(kind) ?? none)} | ${withBounds(unless.bpcerOf.get(kind) ?? none)} |`,
    ),
    `| together | | ${withBounds(shown.bpcer)} | ${withBounds(unless.bpcer)} |`,
  ];
}

function cueTable(all: readonly Judged[], rule: Rule): readonly string[] {
  const row = (name: string, used: readonly CueName[]): string => {
    const { apcer, bpcer } = errorRates(all, used, rule);
    const shares = attackSpecies.map((kind) => percent(apcer.get(kind)?.share ?? Number.NaN));
    return `| ${name} | ${shares.join(" | ")} | ${percent(bpcer.share)} |`;
  };
  return [
    `| cues | ${attackSpecies.join(" | ")} | BPCER |`,
    `| --- |${" ---: |".repeat(attackSpecies.length + 1)}`,
    row("all", cues),
    ...cues.map((cue) => row(`only ${cue}`, [cue])),
    ...cues.map((cue) =>
      row(
        `without ${cue}`,
        cues.filter((other) => other !== cue),
      ),
    ),
  ];
}
