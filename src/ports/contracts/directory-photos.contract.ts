import { expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import { directoryLimits } from "../directory-limits.ts";
import { anna, type DirectoryUnderTest, idOf, photo, refusalOf } from "./directory-under-test.ts";

/** Photos and templates, and work that spans several changes. */
export function photos(make: () => DirectoryUnderTest): void {
  test("a photo and its template come back as given, for their model only", () => {
    using subject = make();
    const { directory } = subject;
    subject.setWall(wallTime(50));
    const { id } = directory.add(anna);
    const first = directory.addPhoto(id, photo(1));
    const second = directory.addPhoto(id, photo(2, "model-b"));
    expect(first).toEqual({ id: first.id, takenAt: 50, quality: { sharpness: 0.1 }, appearance: "usual" });
    expect(directory.get(id)?.photos).toEqual([first, second]);
    expect([...(directory.photo(id, first.id) ?? [])]).toEqual([0xff, 0xd8, 1]);
    const { descriptor } = photo(1);
    const template = { photo: first.id, appearance: "usual", model: "model-a", descriptor };
    expect(directory.templates(id, "model-a")).toEqual([template]);
    expect(directory.templates(id, "model-b")).toHaveLength(1);
    expect(directory.templates(id, "model-c")).toEqual([]);
  });

  test("two recognisers' templates of one photo are kept apart, and go together", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    const second = { model: "model-z", descriptor: Float32Array.of(3, 4) };
    const { id: kept } = directory.addPhoto(id, { ...photo(1), second });
    directory.addPhoto(id, photo(2));
    expect(directory.templates(id, "model-z")).toEqual([{ photo: kept, appearance: "usual", ...second }]);
    expect(directory.templates(id, "model-a")).toHaveLength(2);
    directory.removePhoto(id, kept);
    expect(directory.templates(id, "model-z")).toEqual([]);
  });

  test("a photo is another person's business", () => {
    using subject = make();
    const { directory } = subject;
    const [one, other] = [directory.add(anna).id, directory.add(anna).id];
    const { id: picture } = directory.addPhoto(one, photo(1));
    expect(directory.photo(other, picture)).toBeUndefined();
    expect(refusalOf(() => directory.removePhoto(other, picture))).toBe("notFound");
    expect(directory.photo(one, picture)).toBeDefined();
  });

  test("removing a photo removes its template; the number of photos is limited", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    const made = Array.from({ length: directoryLimits.photos }, (_, n) => directory.addPhoto(id, photo(n)));
    expect(refusalOf(() => directory.addPhoto(id, photo(99)))).toBe("tooManyPhotos");
    directory.removePhoto(id, idOf(made[4]));
    expect(directory.photo(id, idOf(made[4]))).toBeUndefined();
    expect(directory.templates(id, "model-a").map((one) => one.photo)).toEqual(
      made.toSpliced(4, 1).map((one) => one.id),
    );
    directory.addPhoto(id, photo(99));
  });

  test("work that throws leaves nothing of its changes, however many; work that returns leaves all", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.addPhoto(id, photo(1));
    const before = directory.get(id);
    const attempt = (): void =>
      directory.transact(() => {
        directory.issueCard(id, "4711", "raw");
        directory.addPhoto(id, photo(2));
        directory.change(id, { name: "somebody else" });
        throw new Error("the record could not be written");
      });
    expect(attempt).toThrow("the record could not be written");
    expect(directory.get(id)).toEqual(before);
    expect(directory.findByCard("4711")).toBeUndefined();
    expect(directory.transact(() => directory.issueCard(id, "4711", "raw")).number).toBe("4711");
    expect(directory.findByCard("4711")?.cardholder.id).toBe(id);
  });
}
