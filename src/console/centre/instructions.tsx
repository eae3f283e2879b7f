import { useTranslation } from "react-i18next";
import type { AlarmType } from "../../domain/alarm/alarm.ts";
import { instructionsEn } from "../texts/instructions-en.ts";
import { instructionsZh } from "../texts/instructions-zh.ts";
import { useLanguage } from "../texts/use-language.ts";

const all = { en: instructionsEn, zh: instructionsZh } as const;

const isKnown = (type: string): type is AlarmType => Object.hasOwn(instructionsEn, type);

/** Step by step. Nothing where a newer server has an alarm that this page does not know. */
export function Instructions({ type }: { readonly type: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!isKnown(type)) return null;
  return (
    <section className="instructions" aria-labelledby="instructions-heading">
      <h3 id="instructions-heading">{t("centre.alarm.what")}</h3>
      <ol>
        {all[language][type].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
