import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../theme/icons.tsx";
import type { Standing } from "../model.ts";

const icons: Readonly<Record<Standing, IconName>> = {
  untried: "wait",
  outdated: "again",
  passed: "granted",
  doubtful: "note",
  failed: "denied",
  skipped: "note",
  running: "look",
};

/** How a test stands: sign, word and colour say the same. */
export function Verdict(props: { readonly standing: Standing; readonly large?: boolean }) {
  const { t } = useTranslation();
  const { standing, large = false } = props;
  return (
    <span className="commission-verdict" data-standing={standing} data-large={large}>
      <Icon name={icons[standing]} />
      {t(`commissioning.verdict.${standing}`)}
    </span>
  );
}
