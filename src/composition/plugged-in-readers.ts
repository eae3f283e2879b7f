import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openPcsc } from "../drivers/reader-pcsc/open-pcsc.ts";

/** What card readers may be on, by the names that the site's file takes. */
export interface PluggedInReaders {
  readonly serial: readonly string[];
  /** Keyboards: one for typing is among them too. */
  readonly hid: readonly string[];
  readonly pcsc: readonly string[];
  /** Why PC/SC could not be asked. */
  readonly pcscFault?: string;
}

export interface ReaderSurroundings {
  /** `/dev` */
  readonly devices: string;
  /** Names of pcscd's readers; throws where it cannot be asked. */
  pcscReaders(): readonly string[];
}

const thisMachine: ReaderSurroundings = {
  devices: "/dev",
  pcscReaders: () => {
    const pcsc = openPcsc();
    pcsc.connect();
    try {
      return pcsc.readers();
    } finally {
      pcsc.disconnect();
    }
  },
};

export function pluggedInReaders({ devices, pcscReaders } = thisMachine): PluggedInReaders {
  return {
    serial: namesIn(join(devices, "serial/by-id")),
    hid: namesIn(join(devices, "input/by-id")).filter((name) => name.endsWith("-event-kbd")),
    ...asked(pcscReaders),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    // A folder that is not there is one that udev had no reason to make; one that is not ours to read has nothing for us.
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

function asked(pcscReaders: () => readonly string[]): Pick<PluggedInReaders, "pcsc" | "pcscFault"> {
  try {
    return { pcsc: pcscReaders() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { pcsc: [], pcscFault: error.message };
  }
}
