import { useTranslation } from "react-i18next";
import { useSite } from "../../live/use-site.ts";
import { doorOfLine, type Line, meaningOf } from "../model.ts";

/** A line lights up for this long after it moved: long enough to look up from the door. */
const freshMs = 4_000;

export const isFresh = ({ changedAgo }: Line): boolean => changedAgo !== null && changedAgo < freshMs;

/** Every line as it reads now; the one that has just moved is marked. */
export function LiveLines(props: {
  readonly lines: readonly Line[] | null | undefined;
  readonly named?: string | null;
}) {
  const { t } = useTranslation();
  const { lines } = props;
  if (lines === undefined) return <p className="empty">{t("commissioning.loading")}</p>;
  if (lines === null)
    return (
      <p className="failure" role="alert">
        {t("commissioning.lines.silent")}
      </p>
    );
  if (lines.length === 0) return <p className="empty">{t("commissioning.lines.none")}</p>;
  return (
    <ul className="commission-lines" aria-label={t("commissioning.lines.title")}>
      {lines.map((line) => (
        <LiveLine key={line.name} line={line} named={line.name === props.named} />
      ))}
    </ul>
  );
}

function LiveLine({ line, named }: { readonly line: Line; readonly named: boolean }) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const fresh = isFresh(line);
  return (
    <li data-line={line.name} data-fresh={fresh} data-named={named} data-level={line.raw}>
      <span className="commission-line-name">
        {nameOf(line.name)}
        <small>{[line.terminal, line.line].filter((part) => part !== null).join(" · ")}</small>
      </span>
      <strong>{t(`commissioning.level.${line.raw}`)}</strong>
      <span className="commission-line-moved">{fresh ? t("commissioning.lines.moved") : ""}</span>
    </li>
  );
}

const meanings = new Set<string>([
  "contact",
  "bolt",
  "lock",
  "rex",
  "fire",
  "lockdown",
  "tamper",
  "mains",
  "battery",
  "buzzer",
]);

/** `v1.outer.contact` → Outer door: contact; with the door pair in front where there are several. */
export function useLineName(): (name: string) => string {
  const { t } = useTranslation();
  const several = (useSite().state?.vestibules.length ?? 0) > 1;
  return (name) => {
    const door = doorOfLine(name);
    const meaning = meaningOf(name);
    const known = meanings.has(meaning) ? t(`commissioning.meaning.${meaning as "contact"}`) : meaning; // just looked up
    const [vestibule] = name.split(".");
    const words =
      door === null ? known : t("commissioning.lines.ofDoor", { door: t(`door.${door}`), meaning: known });
    return several && vestibule !== door && vestibule !== meaning ? `${vestibule} · ${words}` : words;
  };
}
