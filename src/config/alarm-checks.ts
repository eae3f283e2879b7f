import { priorityOf } from "../domain/alarm/life-cycle.ts";
import { doorNames } from "../domain/names.ts";
import type { AlarmsConfiguration, AlarmTypeName } from "./alarm-schema.ts";
import type { CrossFault } from "./cross-fault.ts";
import { isLoopback } from "./loopback.ts";
import { type Path, shown } from "./path.ts";
import { referenceFault } from "./reference-fault.ts";
import type { SiteDraft } from "./site-draft.ts";

/** What alarms set going: names that exist, and nothing at the door that tells of duress. */
export function alarmFaults(draft: SiteDraft): CrossFault[] {
  const { alarms } = draft;
  const presets = presetFaults(draft);
  if (alarms === undefined) return presets;
  return [
    ...presets,
    ...twice(["alarms", "outputs"], alarms.outputs),
    ...twice(["alarms", "webhooks"], alarms.webhooks),
    ...twice(["alarms", "mail", "recipients"], alarms.mail?.recipients ?? []),
    ...webhookFaults(alarms),
    ...mailFaults(alarms),
    ...actionFaults(alarms, draft),
    ...publishFaults(alarms),
  ];
}

function twice(path: Path, list: readonly { readonly name: string }[]): CrossFault[] {
  return list.flatMap(({ name }, index): CrossFault[] => {
    if (list.findIndex((each) => each.name === name) === index) return [];
    return [
      {
        path: [...path, index, "name"],
        found: `${shown(name)} a second time`,
        expected: "each name once",
        remedy: { en: "rename one of them", zh: "名称重复，请改名。" },
      },
    ];
  });
}

function webhookFaults({ webhooks }: AlarmsConfiguration): CrossFault[] {
  return webhooks.flatMap(({ url, caFile }, index): CrossFault[] => {
    const path = ["alarms", "webhooks", index, "url"];
    const parsed = URL.parse(url);
    const host = parsed?.hostname.replace(/^\[|\]$/g, "");
    if (parsed === null || host === undefined || host === "") {
      const remedy = { en: "correct the address", zh: "地址有误，请修改。" };
      return [{ path, found: shown(url), expected: "https://host/path", remedy }];
    }
    if (parsed.protocol === "https:") return [];
    if (!isLoopback(host)) return [plainFault(path, shown(url), "https://")];
    if (caFile === undefined) return [];
    return [
      {
        path: ["alarms", "webhooks", index, "caFile"],
        found: "a certificate with http://, which does not use it",
        expected: "https://",
        remedy: { en: "use https://, or remove caFile", zh: "使用证书须采用 https:// 地址。" },
      },
    ];
  });
}

function mailFaults({ mail }: AlarmsConfiguration): CrossFault[] {
  if (mail === undefined) return [];
  const faults: CrossFault[] = [];
  if (mail.security === "none" && !isLoopback(mail.host))
    faults.push(plainFault(["alarms", "mail", "security"], "none over the network", "starttls or tls"));
  if ((mail.username === undefined) !== (mail.passwordFile === undefined)) {
    const present = mail.username === undefined ? "passwordFile" : "username";
    faults.push({
      path: ["alarms", "mail", present],
      found: `${present} alone`,
      expected: "username and passwordFile together",
      remedy: { en: "add the other one", zh: "用户名与密码文件须成对配置。" },
    });
  }
  return faults;
}

const plainFault = (path: Path, found: string, expected: string): CrossFault => ({
  path,
  found,
  expected: `${expected} wherever an alarm crosses the network`,
  remedy: { en: "encrypt it", zh: "报警信息不得明文传输，请改用加密方式。" },
});

function actionFaults(alarms: AlarmsConfiguration, draft: SiteDraft): CrossFault[] {
  const outputs = alarms.outputs.map(({ name }) => name);
  const webhooks = alarms.webhooks.map(({ name }) => name);
  const lists = alarms.mail?.recipients.map(({ name }) => name) ?? [];
  return Object.entries(alarms.actions).flatMap(([type, actions]) =>
    (actions?.do ?? []).flatMap((action, index): CrossFault[] => {
      const path = ["alarms", "actions", type, "do", index];
      switch (action.do) {
        case "output": {
          const output = alarms.outputs.find(({ name }) => name === action.output);
          if (output === undefined)
            return referenceFault([...path, "output"], action.output, "one of alarms.outputs", outputs);
          return type === "Duress" && output.perceivableAtDoor ? [duressFault([...path, "output"])] : [];
        }
        case "webhook":
          return referenceFault([...path, "webhook"], action.webhook, "one of alarms.webhooks", webhooks);
        case "mail":
          return referenceFault([...path, "to"], action.to, "one of alarms.mail.recipients", lists);
        case "preset":
        case "bookmark":
        case "clip":
          if (action.camera === undefined) return [];
          return referenceFault([...path, "camera"], action.camera, "a camera's id", draft.names.cameras);
      }
    }),
  );
}

/** A5: a robber who hears a siren, or sees a lamp, knows. */
const duressFault = (path: Path): CrossFault => ({
  path,
  found: "an output that can be seen or heard at the doors, for Duress",
  expected: "none, or one whose perceivableAtDoor is false: at the doors nothing may tell of duress (A5)",
  remedy: {
    en: "remove it, or say perceivableAtDoor: false of an output far from the doors",
    zh: "胁迫报警不得驱动门口可察觉的输出：请删除，或确认该输出远离门口并将 perceivableAtDoor 设为 false。",
  },
});

function presetFaults({ cameras, vestibules, names }: SiteDraft): CrossFault[] {
  const known = names.vestibules.flatMap((id) => [id, ...doorNames.map((door) => `${id}.${door}`)]);
  return cameras.flatMap((camera, index) => {
    const presets = camera?.alarmPreset;
    if (presets === undefined || typeof presets === "string" || vestibules.length === 0) return [];
    return Object.keys(presets).flatMap((place) =>
      referenceFault(["cameras", index, "alarmPreset", place], place, "a vestibule or its door", known),
    );
  });
}

/** What is critical is the centre's to know, whatever a site would like. */
function publishFaults({ actions }: AlarmsConfiguration): CrossFault[] {
  return Object.entries(actions).flatMap(([type, of]): CrossFault[] => {
    const isCritical = Object.hasOwn(priorityOf, type) && priorityOf[type as AlarmTypeName] === "critical"; // the schema's own keys
    if (of === undefined || of.publish || !isCritical) return [];
    return [
      {
        path: ["alarms", "actions", type, "publish"],
        found: "false for a critical alarm",
        expected: "true",
        remedy: { en: "remove it", zh: "紧急报警必须上报监控中心，请删除此项。" },
      },
    ];
  });
}
