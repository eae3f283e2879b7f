import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError } from "../../config/config-error.ts";
import type { Environment } from "../../config/environment.ts";
import { loadWiredSite, type WiredSite } from "../../config/site-board.ts";
import { readYamlFile } from "../../config/yaml-file.ts";
import { differencesBetween } from "../../controller/rules/differences.ts";
import { removeDurably, writeDurably } from "../../durable-files/durable-file.ts";
import type { JsonObject, JsonValue } from "../../ports/journal.ts";
import type { DraftFault, DraftSection, DraftView } from "../../ports/services/commissioning-services.ts";
import { type DraftTree, isObject, sectionOfPath, sectionsOf, withSection } from "./draft-sections.ts";
import type { CommissioningPlaces } from "./places.ts";
import { boardText, siteText } from "./site-text.ts";

const shippedBoards = fileURLToPath(new URL("../../../firmware-config/boards/", import.meta.url));

/** The draft of a site's file: two YAML files that `vestibule check-config` can read as well. */
export class DraftFile {
  readonly #places: CommissioningPlaces;
  readonly #env: Environment;
  /** What runs. */
  readonly #running: DraftTree;
  #tree: DraftTree;
  /** Of the tree as it is; made once for each change. */
  #view: DraftView | undefined;

  constructor(places: CommissioningPlaces, runningFile: string, env: Environment) {
    this.#places = places;
    this.#env = env;
    this.#running = treeOf(runningFile) ?? { site: {}, board: null };
    this.#tree = (existsSync(places.draft) ? treeOf(places.draft) : undefined) ?? this.#running;
  }

  view(): DraftView {
    this.#view ??= this.#viewed();
    return this.#view;
  }

  /** Throws DraftRefusal for what cannot be kept. */
  change(section: DraftSection, value: JsonValue): void {
    this.#tree = withSection(this.#tree, section, value, shippedBoard);
    this.#write();
  }

  discard(): void {
    this.#tree = this.#running;
    removeDurably(this.#places.draft);
    removeDurably(this.#places.draftBoard);
    this.#view = undefined;
  }

  /** The draft checked as any site's file. Throws ConfigError. */
  checked(): WiredSite {
    return loadWiredSite(this.#places.draft, this.#env);
  }

  #write(): void {
    const { draft, draftBoard } = this.#places;
    const { site, board } = this.#tree;
    if (board === null) removeDurably(draftBoard);
    else writeDurably(draftBoard, boardText(board));
    writeDurably(draft, siteText(site));
    this.#view = undefined;
  }

  #viewed(): DraftView {
    const { site, board } = this.#tree;
    const yaml = siteText(site);
    const profileYaml = board === null ? null : boardText(board);
    const plain = ({ site: one, board: other }: DraftTree): JsonObject =>
      other === null ? one : { ...one, "board profile": other };
    return {
      sections: sectionsOf(this.#tree),
      faults: existsSync(this.#places.draft) ? this.#faults() : [],
      yaml,
      profileYaml,
      differences: differencesBetween(plain(this.#running), plain(this.#tree)).differences,
      hash: createHash("sha256")
        .update(JSON.stringify([yaml, profileYaml]))
        .digest("hex"),
    };
  }

  #faults(): readonly DraftFault[] {
    const strangers = this.#strangeFiles();
    try {
      this.checked();
      return strangers;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const faults = error.faults.map(({ file, path, found, expected, remedy }) => ({
        section: sectionOfPath(path, file === this.#places.draftBoard),
        ...{ path, found, expected, remedy },
      }));
      return [...faults, ...strangers];
    }
  }

  /** Any other file of this machine would be sent as a password to an address that the draft names as well. */
  #strangeFiles(): readonly DraftFault[] {
    const known = new Set([...secretFilesOf(this.#running.site)].map(([, file]) => file));
    return [...secretFilesOf(this.#tree.site)]
      .filter(([, file]) => !known.has(file) && dirname(file) !== this.#places.secrets)
      .map(([path, file]) => ({
        section: sectionOfPath(path, false),
        ...{ path, found: JSON.stringify(file), expected: "a file that this service keeps" },
        remedy: {
          en: "give the secret here: it is kept in a file of the service's own",
          zh: "请在此输入密码，由本服务保存到专用文件。",
        },
      }));
  }
}

/** A site's file with its board's profile; undefined where it cannot be read as YAML at all. */
function treeOf(file: string): DraftTree | undefined {
  const site = plainOf(file);
  if (site === undefined) return undefined;
  const { board } = site;
  const profile = isObject(board) ? board["profile"] : undefined;
  if (typeof profile !== "string") return { site, board: null };
  const path = isAbsolute(profile) ? profile : join(dirname(file), profile);
  return { site, board: plainOf(path) ?? null };
}

/** Every value that names a file with a secret, by its path. */
function* secretFilesOf(value: JsonValue, path = ""): Generator<readonly [string, string]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* secretFilesOf(item, `${path}[${index}]`);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const inner = path === "" ? name : `${path}.${name}`;
      if (typeof item === "string" && /^(?:password|key|secret)File$/.test(name)) yield [inner, item];
      else yield* secretFilesOf(item, inner);
    }
  }
}

function plainOf(file: string): JsonObject | undefined {
  try {
    const { value } = readYamlFile(file);
    // Dates and the like become the texts that they were.
    const plain = JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
    return isObject(plain) ? plain : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** The boards that ship, by id. */
export function shippedBoardsById(): ReadonlyMap<string, JsonObject> {
  const files = readdirSync(shippedBoards).filter((name) => name.endsWith(".yaml"));
  return new Map(
    files.toSorted().flatMap((name) => {
      const profile = plainOf(join(shippedBoards, name));
      const board = profile?.["board"];
      const id = isObject(board) ? board["id"] : undefined;
      return profile === undefined || typeof id !== "string" ? [] : [[id, profile] as const];
    }),
  );
}

const shippedBoard = (id: string): JsonObject | undefined => shippedBoardsById().get(id);
