import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type ChangedLine, changedLines } from "./differences.ts";

/** Before and after side by side, in words; on a narrow page one above the other. */
export function DifferenceTable(props: {
  readonly kind: string;
  readonly before: unknown;
  readonly after: unknown;
}) {
  const { t } = useTranslation();
  const lines = changedLines(props.kind, props.before, props.after, t);
  if (lines.length === 0) return <p className="rules-soft">{t("rulePages.save.nothing")}</p>;
  return (
    <table className="difference">
      <thead>
        <tr>
          <th scope="col">{t("rulePages.save.what")}</th>
          <th scope="col">{t("rulePages.save.before")}</th>
          <th scope="col">{t("rulePages.save.after")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.what} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line: { what, before, after } }: { readonly line: ChangedLine }) {
  const { t } = useTranslation();
  const none = <span className="rules-soft">{t("rulePages.none")}</span>;
  return (
    <tr>
      <th scope="row">{what}</th>
      <td data-label={t("rulePages.save.before")} className="difference-before">
        {before === "" ? none : <del>{before}</del>}
      </td>
      <td data-label={t("rulePages.save.after")} className="difference-after">
        {after === "" ? none : <ins>{after}</ins>}
      </td>
    </tr>
  );
}

/** What security loses, one by one. */
export function WeakeningList(props: {
  readonly weakens: readonly { readonly en: string; readonly zh: string }[];
  readonly language: "en" | "zh";
}) {
  const { t } = useTranslation();
  if (props.weakens.length === 0) return null;
  return (
    <div className="weakenings">
      <Tag color="warning">{t("rulePages.save.weakens")}</Tag>
      <ul>
        {props.weakens.map((one) => (
          <li key={one.en}>{one[props.language]}</li>
        ))}
      </ul>
    </div>
  );
}
