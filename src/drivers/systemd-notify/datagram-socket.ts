import { getSystemErrorName } from "node:util";
import koffi from "koffi";

const addressFamilyUnix = 1;
const datagram = 2;
/** Not inherited by our processes, and never waiting: a service manager that does not read must not stop the doors. */
const closeOnExec = 0o2000000;
const nonBlocking = 0o4000;
const noSignal = 0x4000;
/** sizeof(sun_path) on Linux. */
const longestPath = 108;

/** Sends datagrams to one AF_UNIX address, which Node itself cannot. */
export class DatagramSocket implements Disposable {
  readonly #libc = koffi.load("libc.so.6");
  readonly #socket = this.#libc.func("int socket(int domain, int type, int protocol)");
  readonly #sendto = this.#libc.func(
    "long sendto(int fd, const void *buffer, size_t length, int flags, const void *address, uint32_t address_length)",
  );
  readonly #close = this.#libc.func("int close(int fd)");
  readonly #address: Buffer;
  readonly #descriptor: number;

  /** `address`: a path, or a name in the abstract name space behind `@`. */
  constructor(address: string) {
    this.#address = socketAddress(address);
    this.#descriptor = this.#socket(addressFamilyUnix, datagram | closeOnExec | nonBlocking, 0) as number; // declared to return an int
    if (this.#descriptor < 0) throw new Error(`socket: ${lastError()}`);
  }

  send(text: string): void {
    const bytes = Buffer.from(text);
    const sent = this.#sendto(
      this.#descriptor,
      bytes,
      bytes.length,
      noSignal,
      this.#address,
      this.#address.length,
    ) as number; // a ssize_t, which koffi does not know by name; here at most the text's length
    if (sent !== bytes.length) throw new Error(`sendto: ${lastError()}`);
  }

  [Symbol.dispose](): void {
    this.#close(this.#descriptor);
  }
}

const lastError = (): string => getSystemErrorName(-koffi.errno());

/** A `sockaddr_un`. An abstract name begins with a zero byte and ends with the address; a path ends with one. */
function socketAddress(address: string): Buffer {
  const path = address.startsWith("@") ? `\0${address.slice(1)}` : `${address}\0`;
  const name = Buffer.from(path);
  if (name.length > longestPath) throw new Error(`${address}: longer than an address may be`);
  const family = Buffer.from(Uint16Array.of(addressFamilyUnix).buffer);
  return Buffer.concat([family, name]);
}
