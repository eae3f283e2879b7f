import { oneTimePassword } from "./first-administrator.ts";

/**
 * A one-time password for somebody else. Where two operators give it together each knows half of it, so that neither
 * can take the account before its owner does, and be two people (T42).
 */
export interface SharedPassword {
  readonly whole: string;
  readonly first: string;
  readonly second: string;
  readonly hash: string;
}

export async function sharedPassword(hash: (password: string) => Promise<string>): Promise<SharedPassword> {
  const whole = oneTimePassword();
  const groups = whole.split("-");
  const half = groups.length / 2;
  return {
    whole,
    first: groups.slice(0, half).join("-"),
    second: groups.slice(half).join("-"),
    hash: await hash(whole),
  };
}
