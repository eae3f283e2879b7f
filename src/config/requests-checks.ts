import type { CrossFault } from "./cross-fault.ts";
import { shown } from "./path.ts";
import type { SiteDraft } from "./site-draft.ts";

/** Who signs at the security centre: each key once, and enough people for what two have to sign. */
export function requestsFaults({ mqtt }: SiteDraft): CrossFault[] {
  if (mqtt === undefined || mqtt.broker === "none" || mqtt.requests === undefined) return [];
  const { keys, secondSignature } = mqtt.requests;
  const path = ["mqtt", "requests", "keys"];
  const faults = keys.flatMap((key, index) =>
    (["id", "publicKey"] as const).flatMap((field): CrossFault[] => {
      if (keys.findIndex((other) => other[field] === key[field]) === index) return [];
      return [
        {
          path: [...path, index, field],
          found: `${shown(key[field])} a second time`,
          expected: `each ${field} once`,
          remedy: { en: "give every person a key of their own", zh: "密钥重复，请为每人配置各自的密钥。" },
        },
      ];
    }),
  );
  for (const action of secondSignature) {
    const people = new Set(
      keys.filter((key) => key.actions.includes(action)).map(({ operator }) => operator),
    );
    if (people.size === 1)
      faults.push({
        path: ["mqtt", "requests", "secondSignature"],
        found: `${action}, which only one person may sign`,
        expected: "keys of two people at least",
        remedy: {
          en: `give somebody else a key for ${action}, or take it from everybody`,
          zh: `${action} 须双人签名，请为另一人配置该操作的密钥，或取消该操作。`,
        },
      });
  }
  return faults;
}
