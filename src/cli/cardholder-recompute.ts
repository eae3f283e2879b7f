import { parseArgs } from "node:util";
import { sharpPictureCodec } from "../drivers/picture-sharp/sharp-picture-codec.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import { StorageFault } from "../ports/journal.ts";
import type { PhotoRef, TemplateStore } from "../ports/template-store.ts";
import type { StoredPhotoOutcome } from "../ports/vision-link.ts";
import { describeStored } from "../vision/stored-photo.ts";
import type { Command, CommandIo } from "./command.ts";
import { openSiteEngine } from "./site-face-engine.ts";
import { answering, printable, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder recompute [--config FILE] [--retry] [--remove-old] [--backend B] [--json]

Computes the face templates that enrolled people lack for the models in use, from their stored photos, in the data directory
VESTIBULE_DATA (default var) while the controller is not running; running, it does the same by itself. Cut off, the same
command goes on. Exit 0: everybody with a photo has a template, 1: some have none, listed with why: enrol them anew.

  --config FILE  the site's configuration, which names the recogniser (default VESTIBULE_CONFIG, else the shipped net)
  --retry        also photos that gave none before
  --remove-old   afterwards remove the templates of models that are not in use; there is no way back to those then
  --backend      what computes the nets; auto takes the first that loads and passes its self-test
  --json         print {"models", "computed", "refused", "unread", "enrolled", "without", "removed"}
`;

const tellEvery = 5_000;
const mostListed = 1_000;

export const cardholderRecompute: Command = {
  name: ["cardholder", "recompute"],
  summary: "compute templates for the models in use from stored photos",
  usage,
  run: (args, io) =>
    answering("cardholder recompute", io, async () => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          config: { type: "string" },
          retry: { type: "boolean", default: false },
          "remove-old": { type: "boolean", default: false },
          backend: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const site = await openSiteEngine({ config: values.config, backend: values.backend }, io);
      await using engine = site.engine;
      using changes = new ShellChanges(io);
      const models = [engine.model.id, ...(engine.second === undefined ? [] : [engine.second.id])];
      const { templates } = changes.storage;
      if (values.retry) templates.retry(models);
      const computed = await recompute(engine, models, changes, io);
      const { due: unread, enrolled, without } = templates.coverage(models);
      const refused = templates.refused(models, mostListed);
      const removed = values["remove-old"] && unread === 0 ? removeOld(models, changes) : 0;
      const report = { models, computed, refused, unread, enrolled, without, removed };
      io.stdout(values.json ? `${JSON.stringify(report)}\n` : told(report, templates));
      return without === 0 ? 0 : 1;
    }),
};

async function recompute(
  engine: FaceEngine,
  models: readonly string[],
  changes: ShellChanges,
  io: CommandIo,
): Promise<number> {
  const { templates } = changes.storage;
  const { due: of, without } = templates.coverage(models);
  if (of === 0) return 0;
  changes.recorded(
    "TemplatesRecomputationStarted",
    () => undefined,
    () => ({ models, photos: of, without }),
  );
  const start = performance.now();
  let computed = 0;
  let told = 0;
  let done = 0;
  for (let at = next(templates, models, ""); at !== undefined; at = next(templates, models, at.photo)) {
    const outcome = await described(engine, changes, at);
    if (outcome?.usable === true && templates.put(at, outcome.templates)) computed += 1;
    if (outcome?.usable === false) templates.refuse(at, models, `${outcome.reason}: ${outcome.detail}`);
    done += 1;
    const spent = performance.now() - start;
    if (spent < told + tellEvery) continue;
    told = spent;
    const left = Math.ceil(((spent / done) * (of - done)) / 1_000);
    const rate = ((done / spent) * 1_000).toFixed(1);
    io.stderr(`${done} of ${of} photos, ${rate} a second, ${left} s left\n`);
  }
  const { refused, due: unread, without: still } = templates.coverage(models);
  changes.recorded(
    "TemplatesRecomputed",
    () => undefined,
    () => ({ models, photos: computed, refused, unread, without: still }),
  );
  return computed;
}

const next = (templates: TemplateStore, models: readonly string[], after: string): PhotoRef | undefined =>
  templates.due(models, 1, after)[0];

/** Undefined where the photo was altered: it stays due, and the others go on. */
async function described(
  engine: FaceEngine,
  { storage }: ShellChanges,
  { cardholder, photo }: PhotoRef,
): Promise<StoredPhotoOutcome | undefined> {
  try {
    const jpeg = storage.directory.photo(cardholder, photo);
    return jpeg && (await describeStored(jpeg, engine, sharpPictureCodec));
  } catch (error) {
    if (error instanceof StorageFault) return undefined;
    throw error;
  }
}

function removeOld(models: readonly string[], changes: ShellChanges): number {
  const { templates } = changes.storage;
  if (templates.others(models).length === 0) return 0;
  return changes.recorded(
    "TemplatesRemoved",
    () => templates.removeOthers(models),
    (count) => ({ models, templates: count }),
  );
}

interface Report {
  readonly models: readonly string[];
  readonly computed: number;
  readonly refused: ReturnType<TemplateStore["refused"]>;
  readonly unread: number;
  readonly enrolled: number;
  readonly without: number;
  readonly removed: number;
}

function told(report: Report, templates: TemplateStore): string {
  const { models, computed, refused, unread, enrolled, without, removed } = report;
  const others = templates.others(models);
  const lines = [
    `models in use: ${models.join(", ")}`,
    `${computed} photos described now; ${enrolled - without} of ${enrolled} enrolled people have templates`,
    ...refused.map(
      ({ cardholder, photo, reason }) => `  ${cardholder}  photo ${photo}: ${printable(reason)}`,
    ),
    ...(unread === 0 ? [] : [`${unread} photos cannot be read: they were altered`]),
    ...(removed === 0 ? [] : [`${removed} templates of other models removed`]),
    ...others.map(
      (one) => `${one.templates} templates of ${printable(one.model)} are kept; --remove-old removes them`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
