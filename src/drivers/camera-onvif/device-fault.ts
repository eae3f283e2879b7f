/** Why a device did not do what it was asked; for people, and never with a secret in it. */
export type DeviceFaultKind =
  | "unreachable" // no connection, or none in time
  | "unauthorised" // wrong user name or password, or a clock too far off
  | "unsupported" // it says that it has no such thing
  | "refused" // it understood and did not do it
  | "notTrusted" // its certificate is not the one to be expected
  | "otherDevice" // somebody else answers at this address
  | "hostile"; // what came is nothing a camera sends

/** Stays inside this driver: its public functions answer with data. */
export class DeviceFault extends Error {
  readonly kind: DeviceFaultKind;

  constructor(kind: DeviceFaultKind, message: string) {
    super(message);
    this.name = "DeviceFault";
    this.kind = kind;
  }
}

/** Whatever was thrown while a device was spoken to: the package that speaks breaks on answers it does not expect. */
export function asDeviceFault(error: unknown): DeviceFault {
  if (error instanceof DeviceFault) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new DeviceFault("hostile", `an answer of another shape than ONVIF's: ${what.slice(0, 200)}`);
}
