import { existsSync, readFileSync } from "node:fs";

/** As test/kernel/processes.test.ts leaves it. */
interface KernelFigures {
  readonly accelerator: string;
  readonly kernel: string;
  readonly milliseconds: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

const file = "artifacts/kernel-deadlines.json";

/** What the tests on a real kernel's GPIO measured last, as a table of its own: an emulated guest is no board. */
export function kernelTable(): string {
  if (!existsSync(file))
    return "\nOn a kernel's own GPIO: not measured here yet; scripts/test test/kernel/processes.test.ts does.\n";
  const { accelerator, kernel, milliseconds } = JSON.parse(readFileSync(file, "utf8")) as KernelFigures; // our own test's
  const where = accelerator === "kvm" ? "under KVM" : "emulated, many times slower than a board";
  const drivers = Object.keys(milliseconds);
  const rows = [...new Set(drivers.flatMap((driver) => Object.keys(milliseconds[driver] ?? {})))].map(
    (what) => [what, ...drivers.map((driver) => milliseconds[driver]?.[what]?.toFixed(1) ?? "–")],
  );
  const lines = [["what, in ms", ...drivers], ["---", ...drivers.map(() => "---")], ...rows];
  return [
    `\nApart from these: on the GPIO of Linux ${kernel}, ${where}. No deadline is held against them.\n`,
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}
