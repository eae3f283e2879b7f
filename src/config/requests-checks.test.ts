import { expect, test } from "vitest";
import { requestsFaults } from "./requests-checks.ts";
import type { SiteDraft } from "./site-draft.ts";

const key = (id: string, operator: string, publicKey: string, actions: readonly string[]) => ({
  ...{ id, operator, publicKey, actions },
});
const faultsOf = (keys: readonly object[]) =>
  requestsFaults({
    mqtt: { broker: "embedded", requests: { keys, secondSignature: ["lift-lockdown"] } },
  } as unknown as SiteDraft).map(({ path }) => path.join(".")); // nothing else of it is looked at

test("a key stands there once, and two people can sign what two have to", () => {
  const [both, one] = [["lockdown", "lift-lockdown"], ["lockdown"]];
  expect(faultsOf([key("a", "li", "A", both), key("b", "wang", "B", both)])).toEqual([]);
  expect(faultsOf([key("a", "li", "A", one)])).toEqual([]);
  expect(faultsOf([key("a", "li", "A", one), key("a", "wang", "A", one)])).toEqual([
    ...["mqtt.requests.keys.1.id", "mqtt.requests.keys.1.publicKey"],
  ]);
  expect(faultsOf([key("a", "li", "A", both), key("b", "li", "B", both)])).toEqual([
    "mqtt.requests.secondSignature",
  ]);
});
