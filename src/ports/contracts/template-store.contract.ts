import { describe, expect, test } from "vitest";
import type { Directory } from "../directory.ts";
import type { TemplateStore } from "../template-store.ts";

export interface TemplateStoreUnderTest extends Disposable {
  readonly directory: Directory;
  /** Of the same people. */
  readonly templates: TemplateStore;
}

const old = "model-a";
const models = ["model-b"];
const descriptor = Float32Array.of(0.6, 0.8);

/** Somebody with three photos, somebody with one, somebody with none. */
const enrol = (directory: Directory): readonly string[] =>
  [3, 1, 0].map((photos) => {
    const { id } = directory.add({ name: "x", groups: [], accessLevels: [] });
    for (let n = 0; n < photos; n++)
      directory.addPhoto(id, { jpeg: Uint8Array.of(n), quality: {}, model: old, descriptor });
    return id;
  });

export function templateStoreContract(name: string, make: () => TemplateStoreUnderTest): void {
  describe(`TemplateStore contract: ${name}`, () => {
    test("whoever has a photo, and no template for the models in use, is counted; whoever has no photo is not", () => {
      using subject = make();
      const { templates, directory } = subject;
      enrol(directory);
      expect(templates.coverage([old])).toEqual({ enrolled: 2, without: 0, due: 0, refused: 0 });
      expect(templates.coverage(models)).toEqual({ enrolled: 2, without: 2, due: 4, refused: 0 });
      expect(templates.coverage([old, ...models])).toEqual({ enrolled: 2, without: 2, due: 4, refused: 0 });
    });

    test("photos come one after the other until each has its template or is refused", () => {
      using subject = make();
      const { templates, directory } = subject;
      enrol(directory);
      const [first, ...others] = templates.due(models, 10);
      if (first === undefined || others[0] === undefined) throw new Error("four are due");
      expect(templates.due(models, 10, first.photo)).toEqual(others);
      expect(templates.put(first, [{ model: "model-b", descriptor }])).toBe(true);
      templates.refuse(others[0], models, "no face was found");
      expect(templates.due(models, 10)).toEqual(others.slice(1));
      expect(templates.coverage(models)).toMatchObject({ due: 2, refused: 1 });
      expect(templates.refused(models, 10)).toEqual([{ ...others[0], reason: "no face was found" }]);
      const [kept] = directory.templates(first.cardholder, "model-b");
      expect(kept).toMatchObject({ photo: first.photo, descriptor });
      templates.retry(models);
      expect(templates.coverage(models)).toMatchObject({ due: 3, refused: 0 });
    });

    test("with two models a photo counts only with both templates, in whatever order they are named", () => {
      using subject = make();
      const { templates, directory } = subject;
      enrol(directory);
      const both = ["model-c", "model-b"];
      const [first] = templates.due(both, 1);
      if (first === undefined) throw new Error("one is due");
      templates.put(first, [{ model: "model-b", descriptor }]);
      expect(templates.coverage(both)).toMatchObject({ without: 2, due: 4 });
      templates.put(first, [{ model: "model-c", descriptor }]);
      expect(templates.coverage(both)).toMatchObject({ without: 1, due: 3 });
      templates.refuse(first, both, "x");
      expect(templates.refused(both.toReversed(), 5)).toHaveLength(1);
    });

    test("a photo that is gone, or another's, takes no template", () => {
      using subject = make();
      const { templates, directory } = subject;
      const people = enrol(directory);
      const [first] = templates.due(models, 1);
      if (first === undefined) throw new Error("one is due");
      const elsewhere = { ...first, cardholder: people.find((id) => id !== first.cardholder) ?? "" };
      expect(templates.put(elsewhere, [{ model: "model-b", descriptor }])).toBe(false);
      directory.removePhoto(first.cardholder, first.photo);
      expect(templates.put(first, [{ model: "model-b", descriptor }])).toBe(false);
      templates.refuse(first, models, "x");
      expect(templates.coverage(models).refused).toBe(0);
    });

    test("templates of other models are told by model, and removed on demand only", () => {
      using subject = make();
      const { templates, directory } = subject;
      const people = enrol(directory);
      expect(templates.others(models)).toEqual([{ model: old, templates: 4 }]);
      expect(() => templates.removeOthers([])).toThrow(RangeError);
      expect(templates.removeOthers([old])).toBe(0);
      expect(templates.removeOthers(models)).toBe(4);
      expect(directory.templates(people[0] ?? "", old)).toEqual([]);
    });
  });
}
