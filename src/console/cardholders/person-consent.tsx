import { Alert, Button, Checkbox, Flex, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { giveConsent, withdrawConsent } from "../api/client.ts";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Confirm } from "./confirm.tsx";
import { useConsentRules } from "./people-queries.ts";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";

/** §7: who agreed to the use of their face, when, to which wording. */
export function PersonConsent({ person, name, run, mayChange }: PersonPartProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data: rules } = useConsentRules();
  const [open, setOpen] = useState<"give" | "withdraw" | null>(null);
  const { consent } = person;
  const isOutdated = consent !== null && rules !== undefined && rules.wording.version !== consent.wording;
  return (
    <PersonPart heading={t("cardholders.consent.heading")}>
      {consent === null ? (
        <Alert
          type="warning"
          showIcon
          role="note"
          title={t(
            rules?.required === true ? "cardholders.consent.missingRequired" : "cardholders.consent.missing",
          )}
        />
      ) : (
        <p>
          {t("cardholders.consent.given", {
            wording: consent.wording,
            time: momentText(consent.at, language),
            operator: consent.operator,
            form: t(`cardholders.consent.form.${consent.form}`),
          })}{" "}
          {isOutdated ? t("cardholders.consent.outdated", { wording: rules.wording.version }) : null}
        </p>
      )}
      {mayChange ? (
        <Flex gap="small" wrap className="part-actions">
          {consent === null || isOutdated ? (
            <Button type={consent === null ? "primary" : "default"} onClick={() => setOpen("give")}>
              {t("cardholders.consent.record")}
            </Button>
          ) : null}
          {consent === null ? null : (
            <Button danger onClick={() => setOpen("withdraw")}>
              {t("cardholders.consent.withdraw")}
            </Button>
          )}
        </Flex>
      ) : null}
      {open === "give" ? <Give {...{ person, name, run }} onClose={() => setOpen(null)} /> : null}
      {open === "withdraw" ? (
        <Confirm
          title={t("cardholders.consent.withdrawAsk", { name })}
          okText={t("cardholders.consent.withdraw")}
          onClose={() => setOpen(null)}
          onConfirm={() =>
            run(
              () => withdrawConsent({ id: person.id }),
              () => t("cardholders.consent.withdrawn"),
            )
          }
        >
          {t("cardholders.consent.withdrawHow")}
        </Confirm>
      ) : null}
    </PersonPart>
  );
}

/** The wording is read where it is agreed to, in the language of the page. */
function Give(props: Pick<PersonPartProps, "person" | "name" | "run"> & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data: rules } = useConsentRules();
  const [form, setForm] = useState<"atDesk" | "onPaper">("atDesk");
  const [agreed, setAgreed] = useState(false);
  const { person, name, run, onClose } = props;
  if (rules === undefined) return null;
  const { wording } = rules;
  const give = async (): Promise<void> => {
    const given = await run(
      () => giveConsent({ id: person.id }, { wording: wording.version, language, form }),
      () => t("cardholders.consent.said"),
    );
    if (given !== undefined) onClose();
  };
  return (
    <Modal
      open
      title={t("cardholders.consent.title", { name })}
      okText={t("cardholders.consent.save")}
      okButtonProps={{ disabled: !agreed }}
      onCancel={onClose}
      onOk={() => void give()}
    >
      <p>
        <strong>{t("cardholders.consent.version", { version: wording.version })}</strong>
      </p>
      <blockquote className="consent-wording">{wording[language]}</blockquote>
      <Flex vertical gap="small">
        <Radio.Group
          aria-label={t("cardholders.consent.how")}
          value={form}
          onChange={(event) => setForm(event.target.value)}
          options={(["atDesk", "onPaper"] as const).map((value) => ({
            value,
            label: t(`cardholders.consent.form.${value}`),
          }))}
        />
        <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
          {t("cardholders.consent.confirm", { name })}
        </Checkbox>
      </Flex>
    </Modal>
  );
}
