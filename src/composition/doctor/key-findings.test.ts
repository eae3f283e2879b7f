import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { siteForTests } from "../../config/site-for-tests.ts";
import { beginKeyRotation, keyFile, openSiteKeys } from "../../drivers/site-key/site-keys.ts";
import { keyFindings } from "./key-findings.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-key-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const verdicts = () =>
  keyFindings(siteForTests(`data: { directory: ${directory} }\n`)).map(({ verdict }) => verdict);

test("a key of one's own is good, one that others may read bad, two doubtful; none is nothing to say", () => {
  expect(verdicts()).toEqual([]);
  openSiteKeys({ directory, inUse: false });
  expect(verdicts()).toEqual(["good"]);
  chmodSync(keyFile(directory), 0o644);
  expect(verdicts()).toEqual(["bad"]);
  chmodSync(keyFile(directory), 0o600);
  beginKeyRotation(directory);
  expect(verdicts()).toEqual(["doubtful"]);
});
