const polynomial = 0x1021;
const start = 0x1d0f;

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder & 0x8000) === 0 ? remainder << 1 : (remainder << 1) ^ polynomial;
  }
  return remainder & 0xffff;
});

/** CRC-16 with polynomial 0x1021 from 0x1D0F, high bit first, not inverted; on the line its low byte goes first. */
export function crc16(bytes: Uint8Array): number {
  let remainder = start;
  for (const byte of bytes) {
    remainder = ((remainder << 8) & 0xffff) ^ (table[(remainder >> 8) ^ byte] ?? 0);
  }
  return remainder;
}

/** What brings the sum of all bytes, itself included, to zero modulo 256. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xff;
}
