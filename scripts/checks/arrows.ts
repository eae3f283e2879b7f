/** Checks that imports between the program's layers point the way `layers.ts` says. */
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { type Layer, layers } from "./layers.ts";
import { readSourceFiles, report, type SourceFile } from "./source-files.ts";

/** Where a module belongs: its layer, and which one of several alike (a driver's folder). */
interface Belonging {
  readonly layer: Layer;
  readonly unit: string;
}

export function arrowFaults(files: readonly SourceFile[]): readonly string[] {
  // A check that read nothing has found nothing wrong with anything.
  if (files.length === 0) return ["no module was read: the arrows were not checked"];
  return files.flatMap(faultsOf);
}

function faultsOf(file: SourceFile): readonly string[] {
  const from = belonging(file.path);
  if (from === undefined) {
    return [`${file.path}: belongs to no layer; name it in scripts/checks/layers.ts, with a reason`];
  }
  return importsOf(file).flatMap((imported) => {
    const fault = isTest(file.path)
      ? faultInTest(from, file.path, imported)
      : faultOf(from, file.path, imported);
    return fault === undefined ? [] : [`${file.path}:${imported.line}: ${fault}`];
  });
}

function faultOf(from: Belonging, path: string, { specifier, typeOnly }: Import): string | undefined {
  if (specifier === undefined)
    return "a computed import can be followed neither by a reader nor by this check";
  if (!specifier.startsWith(".")) return packageFault(from.layer, specifier);

  const target = posix.join(posix.dirname(path), specifier);
  const to = belonging(target);
  if (to === undefined) {
    return target === "package.json" ? undefined : `${target} is outside every layer`;
  }
  if (from.unit === to.unit || from.layer.mayImport.includes(to.layer.name)) return undefined;
  if (typeOnly && from.layer.mayImportTypes?.includes(to.layer.name)) return undefined;
  return `${from.unit} must not import ${to.unit} (${target}): ${from.layer.reason}`;
}

function packageFault(layer: Layer, specifier: string): string | undefined {
  const allowed = layer.packages === "any" || (layer.packages === "node" && isBuiltin(specifier));
  return allowed ? undefined : `${layer.name} must not import ${specifier}: ${layer.reason}`;
}

/** A test puts real and simulated parts together; but the domain is tested by itself, and nobody composes as main does. */
function faultInTest(from: Belonging, path: string, { specifier }: Import): string | undefined {
  if (specifier === undefined || !specifier.startsWith(".")) return undefined;
  const to = belonging(posix.join(posix.dirname(path), specifier));
  if (to === undefined || to.unit === from.unit) return undefined;
  const composes = ["main", "cli", "composition"];
  if (
    from.layer.name === "domain" ||
    (composes.includes(to.layer.name) && !composes.includes(from.layer.name))
  ) {
    return `a test of ${from.unit} must not import ${to.unit}: ${from.layer.reason}`;
  }
  return undefined;
}

function belonging(path: string): Belonging | undefined {
  for (const layer of layers) {
    const each = layer.place.endsWith("/*");
    const place = `src/${each ? layer.place.slice(0, -2) : layer.place}`;
    if (path !== place && !path.startsWith(`${place}/`)) continue;
    return { layer, unit: each ? path.split("/").slice(1, 3).join("/") : layer.name };
  }
  return undefined;
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

if (import.meta.main) {
  const files = readSourceFiles("src");
  report(`${files.length} modules follow the arrows`, arrowFaults(files));
}
