import type { PhotoRef, TemplateCoverage, TemplateStore } from "../ports/template-store.ts";
import type { MemoryDirectory } from "./memory-directory.ts";
import type { StoredPhoto } from "./stored-photo.ts";

type Held = PhotoRef & { readonly stored: StoredPhoto };

/** Templates across the people of a directory in memory. */
export class MemoryTemplates implements TemplateStore {
  readonly #directory: MemoryDirectory;
  readonly #refused = new Map<string, string>();

  constructor(directory: MemoryDirectory) {
    this.#directory = directory;
  }

  coverage(models: readonly string[]): TemplateCoverage {
    const photos = this.#photos();
    const served = new Set(photos.filter((one) => has(one, models)).map(({ cardholder }) => cardholder));
    const enrolled = new Set(photos.map(({ cardholder }) => cardholder)).size;
    const missing = photos.filter((one) => !has(one, models));
    const refused = missing.filter((one) => this.#refused.has(keyOf(one, models))).length;
    return { enrolled, without: enrolled - served.size, due: missing.length - refused, refused };
  }

  due(models: readonly string[], limit: number, after = ""): readonly PhotoRef[] {
    return this.#photos()
      .filter((one) => one.photo > after && !has(one, models) && !this.#refused.has(keyOf(one, models)))
      .slice(0, limit)
      .map(({ cardholder, photo }) => ({ cardholder, photo }));
  }

  put(at: PhotoRef, templates: Parameters<TemplateStore["put"]>[1]): boolean {
    const held = this.#find(at);
    for (const { model, descriptor } of templates)
      held?.stored.templates.set(model, Float32Array.from(descriptor));
    return held !== undefined;
  }

  refuse(at: PhotoRef, models: readonly string[], reason: string): void {
    if (this.#find(at) !== undefined) this.#refused.set(keyOf(at, models), reason);
  }

  refused(models: readonly string[], limit: number) {
    return this.#photos()
      .flatMap(({ cardholder, photo }) => {
        const reason = this.#refused.get(keyOf({ cardholder, photo }, models));
        return reason === undefined ? [] : [{ cardholder, photo, reason }];
      })
      .slice(0, limit);
  }

  retry(models: readonly string[]): void {
    for (const photo of this.#photos()) this.#refused.delete(keyOf(photo, models));
  }

  others(models: readonly string[]) {
    const counts = new Map<string, number>();
    for (const { stored } of this.#photos()) {
      for (const model of stored.templates.keys())
        if (!models.includes(model)) counts.set(model, (counts.get(model) ?? 0) + 1);
    }
    return [...counts].map(([model, templates]) => ({ model, templates }));
  }

  removeOthers(models: readonly string[]): number {
    if (models.length === 0) throw new RangeError("every template would be removed");
    const others = this.others(models);
    for (const { stored } of this.#photos()) for (const { model } of others) stored.templates.delete(model);
    return others.reduce((sum, { templates }) => sum + templates, 0);
  }

  #photos(): readonly Held[] {
    return this.#directory
      .allPhotos()
      .map(({ cardholder, photo }) => ({ cardholder, photo: photo.id, stored: photo }))
      .toSorted((one, other) => (one.photo < other.photo ? -1 : 1));
  }

  #find({ cardholder, photo }: PhotoRef): Held | undefined {
    return this.#photos().find((one) => one.cardholder === cardholder && one.photo === photo);
  }
}

const has = ({ stored }: Held, models: readonly string[]): boolean =>
  models.every((model) => stored.templates.has(model));

const keyOf = ({ photo }: PhotoRef, models: readonly string[]): string =>
  JSON.stringify([photo, models.toSorted()]);
