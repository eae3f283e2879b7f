import { useTranslation } from "react-i18next";
import type { WizardStep } from "../model.ts";

const drawings = {
  wiringOverview: new URL("../../../../docs/wiring/overview.svg", import.meta.url).href,
  wiringInputs: new URL("../../../../docs/wiring/inputs.svg", import.meta.url).href,
  wiringFailSecure: new URL("../../../../docs/wiring/fail-secure.svg", import.meta.url).href,
  wiringFailSafe: new URL("../../../../docs/wiring/fail-safe.svg", import.meta.url).href,
  wiringRelays: new URL("../../../../docs/wiring/relays.svg", import.meta.url).href,
} as const;

const shown: Partial<Readonly<Record<WizardStep, readonly (keyof typeof drawings)[]>>> = {
  board: ["wiringOverview"],
  lines: ["wiringInputs"],
  doors: ["wiringFailSecure", "wiringFailSafe"],
  relays: ["wiringRelays"],
  inputs: ["wiringInputs"],
};

/** The electrician's own drawings, for who has to mend something; fetched when they are unfolded. */
export function WiringDrawings({ step }: { readonly step: WizardStep }) {
  const { t } = useTranslation();
  return (shown[step] ?? []).map((name) => (
    <details key={name} className="commission-more commission-wiring">
      <summary>{t(`commissioning.setup.${name}`)}</summary>
      <img src={drawings[name]} alt={t(`commissioning.setup.${name}`)} loading="lazy" />
    </details>
  ));
}
