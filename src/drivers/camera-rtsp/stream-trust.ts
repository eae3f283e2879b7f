import type { Instant } from "../../domain/time.ts";

/**
 * Whether what the decoder shows is what the camera sent. After damage, pictures are built on wrong ones until
 * the next key picture; that one may itself be the damaged one, so a whole group of pictures has to pass.
 * Groups are counted by their key units, as `ArrivedUnit.group` is.
 */
export interface StreamTrust {
  /** Pictures of this group and those before it are not to be trusted. */
  readonly distrustedThrough: number;
  /** The first damage since the last picture that was trusted. */
  readonly since: Instant | undefined;
}

export const fullTrust: StreamTrust = { distrustedThrough: -1, since: undefined };

/** Damage was reported while units of `group` came in. */
export function afterDamage(trust: StreamTrust, group: number, now: Instant): StreamTrust {
  return { distrustedThrough: Math.max(group + 1, trust.distrustedThrough), since: trust.since ?? now };
}

/** A picture of `group` was decoded. */
export function afterPicture(trust: StreamTrust, group: number): StreamTrust {
  return isTrusted(trust, group) && trust.since !== undefined ? { ...trust, since: undefined } : trust;
}

export const isTrusted = (trust: StreamTrust, group: number): boolean => group > trust.distrustedThrough;
