/**
 * Whether what the decoder shows is what the camera sent. After damage, pictures are built on wrong ones until
 * the next key picture; that one may itself be the damaged one, so a whole group of pictures has to pass.
 */
export interface StreamTrust {
  readonly intact: boolean;
  /** Key pictures since the last damage. */
  readonly keys: number;
}

export const fullTrust: StreamTrust = { intact: true, keys: 0 };

export const afterDamage: StreamTrust = { intact: false, keys: 0 };

export function afterPicture(trust: StreamTrust, isKey: boolean): StreamTrust {
  if (trust.intact || !isKey) return trust;
  const keys = trust.keys + 1;
  return { intact: keys >= 2, keys };
}
