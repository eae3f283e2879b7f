import { type WallTime } from "../../domain/time.ts";
import { type Directory, DirectoryRefusal } from "../directory.ts";

export interface DirectoryUnderTest extends Disposable {
  readonly directory: Directory;
  setWall(time: WallTime): void;
}

export const anna = { name: "Anna 王小明", groups: ["manager"], accessLevels: ["staff", "vault"] };
export const photo = (n: number, model = "model-a") => ({
  jpeg: Uint8Array.of(0xff, 0xd8, n),
  quality: { sharpness: n / 10 },
  model,
  descriptor: Float32Array.of(n, -0.25, 1e-7),
});

export function refusalOf(attempt: () => unknown): DirectoryRefusal["code"] | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof DirectoryRefusal) return error.code;
    throw error;
  }
}

export function idOf(one: { readonly id: string } | undefined): string {
  if (one === undefined) throw new Error("the test expected one more");
  return one.id;
}
