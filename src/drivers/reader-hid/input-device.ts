/** A device of the kernel's input layer that is open, and grabbed: nobody else gets its keys. */
export interface InputDevice {
  /** What has come since, without waiting; empty where nothing has. Throws once it is unplugged. */
  read(): Buffer;
  close(): void;
}

/** Throws where it is not there, is no such device, or somebody else has grabbed it. */
export type OpenInputDevice = (path: string) => InputDevice;
