import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeDraft } from "../../api/client.ts";
import { Icon } from "../../theme/icons.tsx";
import type { Draft, DraftSection } from "../model.ts";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { useSaid } from "../use-said.ts";

/** One section of the site's file, as it is being edited here: written down as a whole, judged by the box. */
export function SectionFrame<Value>(props: {
  readonly title: string;
  readonly section: DraftSection;
  readonly draft: Draft;
  /** What the section says, as its form takes it. */
  readonly value: Value;
  readonly children: (value: Value, change: (value: Value) => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const keep = useKeep();
  const refusalText = useRefusalText();
  const [edited, setEdited] = useState<{ readonly value: Value } | null>(null);
  const [working, setWorking] = useState(false);
  const [said, setSaid] = useState("");
  const [failure, setFailure] = useState("");
  const write = async (value: Value): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      keep.draft(await changeDraft({ section: props.section }, { value }));
      setEdited(null);
      setSaid(t("commissioning.setup.saved"));
    } catch (error) {
      setFailure(refusalText(error));
    } finally {
      setWorking(false);
    }
  };
  const faults = props.draft.faults.filter(({ section }) => section === props.section);
  return (
    <section className="commission-section" aria-label={props.title}>
      {props.children(edited === null ? props.value : edited.value, (value) => {
        setSaid("");
        setEdited({ value });
      })}
      <Faults faults={faults} />
      <p className="failure" role="alert">
        {failure}
      </p>
      <div className="commission-actions">
        <Button
          type={edited === null ? "default" : "primary"}
          size="large"
          disabled={edited === null}
          loading={working}
          onClick={() => edited !== null && void write(edited.value)}
        >
          {t("commissioning.setup.save")}
        </Button>
        {edited === null ? null : (
          <Button size="large" onClick={() => setEdited(null)}>
            {t("commissioning.setup.cancel")}
          </Button>
        )}
        <output className="commission-saved">{said}</output>
      </div>
    </section>
  );
}

/** Each with what was found, what was expected, and what to do. */
export function Faults({ faults }: { readonly faults: Draft["faults"] }) {
  const { t } = useTranslation();
  const said = useSaid();
  if (faults.length === 0) return null;
  return (
    <output className="commission-faults">
      <p>
        <Icon name="alarm" /> {t("commissioning.setup.faultsTitle")}
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.found}`}>
            {t("commissioning.setup.fault", {
              path: fault.path,
              found: fault.found,
              expected: fault.expected,
            })}{" "}
            <strong>{said(fault.remedy)}</strong>
          </li>
        ))}
      </ul>
    </output>
  );
}
