import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  writeSync,
} from "node:fs";

/** Files through which a kernel is looked at and driven: of a guest, or of the kernel this program runs on. */
export interface KernelFiles {
  /** Undefined where there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** In one write; the file has to be there, as the kernel's are. */
  write(path: string, text: string): Promise<void>;
  /** Writes a file that may not be there; what it held is gone. */
  create(path: string, text: string): Promise<void>;
  list(path: string): Promise<readonly string[]>;
  makeFolder(path: string): Promise<void>;
  /** The kernel's folders take with them what is in them. */
  removeFolder(path: string): Promise<void>;
}

/** Those of the kernel this program runs on. Each has taken effect when the call returns, before its promise does. */
export const ownKernelFiles: KernelFiles = {
  read: async (path) => readText(path),
  write: async (path, text) => writeText(path, text),
  create: async (path, text) => writeText(path, text, "w"),
  list: async (path) => readdirSync(path),
  makeFolder: async (path) => mkdirSync(path),
  removeFolder: async (path) => rmdirSync(path),
};

/** Not readFileSync: the kernel's files say that they are 0 bytes long, and a trace grows while it is read. */
export function readText(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, "r");
  try {
    const parts: Buffer[] = [];
    for (const part = Buffer.alloc(1 << 16); ; ) {
      const length = readSync(file, part);
      if (length === 0) return Buffer.concat(parts).toString();
      parts.push(Buffer.from(part.subarray(0, length)));
    }
  } finally {
    closeSync(file);
  }
}

export function writeText(path: string, text: string, flags: number | "w" = constants.O_WRONLY): void {
  const file = openSync(path, flags);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}
