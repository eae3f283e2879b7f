import { expect, test } from "vitest";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const recipient = "age1qyfefry4am4cjx34uz5eyl0crwqyxcrth380p46hyhx80httmqtshkwq24";
const backup = (rest: string): string => `backup: { directory: /mnt/backup, ${rest} }\n`;

test("a backup is for somebody who can open it, and not for two kinds of them", () => {
  const expected = {
    line: 5,
    path: "backup.recipients",
    expected: "recipients, or passphraseFile, and not both",
  };
  expect(faultsForTests(backup("keep: 3"))).toMatchObject([
    { ...expected, found: "nobody who could open it" },
  ]);
  expect(faultsForTests(backup(`recipients: [${recipient}], passphraseFile: /etc/x`))).toMatchObject([
    expected,
  ]);
  expect(siteForTests(backup(`recipients: [${recipient}]`)).backup).toMatchObject({
    keep: 14,
    otherDisk: true,
  });
});

test("the other half of a key does not belong on the box", () => {
  expect(faultsForTests(backup("recipients: [AGE-SECRET-KEY-1QQQQQQQQQQQQQQ]"))).toMatchObject([
    { line: 5, path: "backup.recipients[0]", found: '"AGE-SECRET-KEY-***"' },
  ]);
});

test.each(["at night", "61 3 * * *", "0 0 31 2 *", "* * * * * *"])(
  "%s is no time for a backup",
  (schedule) => {
    expect(faultsForTests(backup(`recipients: [${recipient}], schedule: "${schedule}"`))).toMatchObject([
      { line: 5, path: "backup.schedule" },
    ]);
  },
);

test("half a year and a million records can be kept longer, and not shorter", () => {
  expect(siteForTests().journal).toEqual({ retentionDays: 365, maxRecords: 3_000_000 });
  expect(faultsForTests("journal: { retentionDays: 179, maxRecords: 999999 }\n")).toMatchObject([
    { path: "journal.retentionDays" },
    { path: "journal.maxRecords" },
  ]);
});
