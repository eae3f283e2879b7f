import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A certificate authority for one test, made by openssl. */
export class CertificateAuthority implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), "vestibule-ca-"));
  readonly caFile = join(this.#directory, "ca.crt");
  readonly #caKey = join(this.#directory, "ca.key");

  constructor(name = "Test authority") {
    this.#openssl([
      "req",
      "-x509",
      ...newKey(this.#caKey),
      "-days",
      "2",
      "-subj",
      `/CN=${name}`,
      "-out",
      this.caFile,
    ]);
  }

  /** `names`: what the certificate is good for, as openssl writes it: `IP:127.0.0.1`, `DNS:localhost`. */
  issue(name: string, names: string, days = 2): Certificate {
    const file = (ending: string): string => join(this.#directory, `${name}.${ending}`);
    writeFileSync(file("ext"), `subjectAltName=${names}\n`);
    this.#openssl(["req", ...newKey(file("key")), "-subj", `/CN=${name}`, "-out", file("csr")]);
    this.#openssl([
      ...["x509", "-req", "-in", file("csr"), "-CA", this.caFile, "-CAkey", this.#caKey, "-CAcreateserial"],
      ...["-days", String(days), "-extfile", file("ext"), "-out", file("crt")],
    ]);
    return { certificateFile: file("crt"), keyFile: file("key") };
  }

  /** The authority's list of revoked certificates, with this one on it. */
  revoke({ certificateFile }: Certificate): string {
    const inHere = (name: string): string => join(this.#directory, name);
    writeFileSync(inHere("index.txt"), "");
    writeFileSync(inHere("crlnumber"), "01\n");
    const settings = ["[ca]", "default_ca=here", "[here]", "default_md=sha256", "default_crl_days=2"];
    const files = [`database=${inHere("index.txt")}`, `crlnumber=${inHere("crlnumber")}`];
    writeFileSync(inHere("ca.conf"), [...settings, ...files, ""].join("\n"));
    const ca = ["ca", "-config", inHere("ca.conf"), "-cert", this.caFile, "-keyfile", this.#caKey];
    this.#openssl([...ca, "-revoke", certificateFile]);
    this.#openssl([...ca, "-gencrl", "-out", inHere("ca.crl")]);
    return inHere("ca.crl");
  }

  read(file: string): string {
    return readFileSync(file, "utf8");
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #openssl(words: string[]): void {
    execFileSync("/usr/bin/openssl", words, { stdio: "pipe", cwd: this.#directory });
  }
}

const newKey = (file: string): string[] => [
  ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file],
];
