import type { AlikeFace } from "../domain/biometric/alike.ts";

export interface FaceSearch {
  readonly model: string;
  readonly descriptor: Float32Array;
  /** Whose photo it is: nobody is compared with themselves. */
  readonly except: string;
  /** Cosine distance at or under which two are alike. */
  readonly limit: number;
}

/** Who else is enrolled with such a face: the nearest first, at most 8. Rejects with StorageFault. */
export type FindAlike = (search: FaceSearch) => Promise<readonly AlikeFace[]>;
