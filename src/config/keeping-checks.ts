import { Cron } from "croner";
import type { CrossFault } from "./cross-fault.ts";
import { shown } from "./path.ts";
import type { SiteDraft } from "./site-draft.ts";

/** Who can open a backup, and when one is made. */
export function keepingFaults({ backup }: SiteDraft): CrossFault[] {
  if (backup === undefined) return [];
  const faults: CrossFault[] = [];
  if (backup.recipients.length > 0 === (backup.passphraseFile !== undefined)) {
    faults.push({
      path: ["backup", "recipients"],
      found: backup.passphraseFile === undefined ? "nobody who could open it" : "recipients and a passphrase",
      expected: "recipients, or passphraseFile, and not both",
      remedy: {
        en: "make a key with age-keygen on another machine, and write its public part here",
        zh: "请在另一台机器上用 age-keygen 生成密钥,并在此填写其公钥;或只填写 passphraseFile。",
      },
    });
  }
  if (!isSchedule(backup.schedule)) {
    faults.push({
      path: ["backup", "schedule"],
      found: shown(backup.schedule),
      expected: 'minute, hour, day of the month, month and day of the week, such as "30 3 * * *"',
      remedy: {
        en: 'for every night at half past three: "30 3 * * *"',
        zh: '每天凌晨三点半写作 "30 3 * * *"。',
      },
    });
  }
  return faults;
}

/** Five fields, and a time that comes at all. */
function isSchedule(pattern: string): boolean {
  try {
    return new Cron(pattern, { paused: true, mode: "5-part" }).nextRun() !== null;
  } catch {
    return false;
  }
}
