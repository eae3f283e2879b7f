/** Templates are put in place as they are computed; a directory that undoes a change leaves those alone. */
export interface StoredPhoto {
  readonly id: string;
  readonly jpeg: Uint8Array;
  readonly quality: Readonly<Record<string, number>>;
  readonly appearance: string;
  readonly templates: Map<string, Float32Array>;
}
