import { Button, Checkbox, Flex, Form, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  activateCard,
  issueCard,
  replaceCard,
  reportCardLost,
  revokeCard,
  suspendCard,
} from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Confirm } from "./confirm.tsx";
import type { PersonCard } from "./people-queries.ts";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";
import type { RunChange } from "./use-person-change.tsx";

export function PersonCards({ person, run, mayChange }: PersonPartProps) {
  const { t } = useTranslation();
  return (
    <PersonPart heading={t("cardholders.card.heading")}>
      {person.cards.length === 0 ? <p>{t("cardholders.card.none")}</p> : null}
      <ul className="person-cards">
        {person.cards.toReversed().map((card) => (
          <OneCard key={card.number} card={card} run={run} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange ? <IssueForm id={person.id} run={run} /> : null}
    </PersonPart>
  );
}

const colours = {
  active: "success",
  lost: "error",
  suspended: "warning",
  expired: "default",
  revoked: "default",
} as const;

type Asked = "lost" | "replace" | "revoke";

function OneCard(props: { readonly card: PersonCard; readonly run: RunChange; readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayReport = useMay("reportLoss");
  const [asked, setAsked] = useState<Asked | null>(null);
  const { card, run, mayChange } = props;
  const { number, status } = card;
  const usable = status === "active" || status === "suspended";
  const close = (): void => setAsked(null);
  return (
    <li>
      <Flex wrap align="center" gap="small">
        <strong className="card-number">{number}</strong>
        <Tag color={colours[status]}>{t(`cardholders.card.status.${status}`)}</Tag>
        {card.duress ? <Tag color="warning">{t("cardholders.card.duressTag")}</Tag> : null}
        <small>
          {[
            card.label,
            card.format,
            t("cardholders.card.issuedOn", { time: momentText(card.issuedAt, language) }),
          ]
            .filter((text) => text !== null)
            .join(" · ")}
        </small>
      </Flex>
      <fieldset className="card-actions" aria-label={t("cardholders.card.actionsOf", { number })}>
        {mayReport && usable ? (
          <Button size="small" danger onClick={() => setAsked("lost")}>
            {t("cardholders.card.lost")}
          </Button>
        ) : null}
        {mayChange && status !== "revoked" ? (
          <Button size="small" onClick={() => setAsked("replace")}>
            {t("cardholders.card.replace")}
          </Button>
        ) : null}
        {mayChange && usable ? (
          <UsableActions card={card} run={run} onRevoke={() => setAsked("revoke")} />
        ) : null}
      </fieldset>
      {asked === "lost" ? <ReportLost number={number} run={run} onClose={close} /> : null}
      {asked === "replace" ? <Replace number={number} run={run} onClose={close} /> : null}
      {asked === "revoke" ? <Revoke number={number} run={run} onClose={close} /> : null}
    </li>
  );
}

function UsableActions(props: {
  readonly card: PersonCard;
  readonly run: RunChange;
  readonly onRevoke: () => void;
}) {
  const { t } = useTranslation();
  const { number, status } = props.card;
  return (
    <>
      <Button
        size="small"
        onClick={() =>
          void props.run(
            () => (status === "active" ? suspendCard({ number }) : activateCard({ number })),
            () =>
              t(status === "active" ? "cardholders.card.suspended" : "cardholders.card.activated", {
                number,
              }),
          )
        }
      >
        {t(status === "active" ? "cardholders.card.suspend" : "cardholders.card.activate")}
      </Button>
      <Button size="small" onClick={props.onRevoke}>
        {t("cardholders.card.revoke")}
      </Button>
    </>
  );
}

interface CardQuestion {
  readonly number: string;
  readonly run: RunChange;
  readonly onClose: () => void;
}

function ReportLost({ number, run, onClose }: CardQuestion) {
  const { t } = useTranslation();
  return (
    <Confirm
      title={t("cardholders.card.lostAsk", { number })}
      okText={t("cardholders.card.lost")}
      onClose={onClose}
      onConfirm={() =>
        run(
          () => reportCardLost({ number }),
          () => t("cardholders.card.lostSaid", { number }),
        )
      }
    >
      {t("cardholders.card.lostHow")}
    </Confirm>
  );
}

function Revoke({ number, run, onClose }: CardQuestion) {
  const { t } = useTranslation();
  return (
    <Confirm
      title={t("cardholders.card.revokeAsk", { number })}
      okText={t("cardholders.card.revoke")}
      onClose={onClose}
      onConfirm={() =>
        run(
          () => revokeCard({ number }),
          () => t("cardholders.card.revoked", { number }),
        )
      }
    />
  );
}

function Replace({ number: old, run, onClose }: CardQuestion) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ number: string }>();
  const replace = async ({ number }: { readonly number: string }): Promise<void> => {
    const done = await run(
      () => replaceCard({ number: old }, { number: number.trim() }),
      (card) => t("cardholders.card.replaced", { number: card.number, old }),
    );
    if (done !== undefined) onClose();
  };
  return (
    <Modal
      open
      title={t("cardholders.card.replaceTitle", { number: old })}
      okText={t("cardholders.card.replaceNow")}
      // The reader at the desk types wherever one stands.
      afterOpenChange={(open) => {
        if (open) form.focusField("number");
      }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t("cardholders.card.replaceHow")}</p>
      <Form
        form={form}
        name="replace-card"
        layout="vertical"
        requiredMark={false}
        onFinish={(values: { number: string }) => void replace(values)}
      >
        <NumberField />
      </Form>
    </Modal>
  );
}

/** A reader at the desk types the number and presses Enter, as a person would. */
function NumberField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="number"
      label={t("cardholders.card.number")}
      extra={t("cardholders.card.numberHow")}
      rules={[{ required: true, whitespace: true, message: t("cardholders.card.numberMissing") }]}
    >
      <Input autoComplete="off" maxLength={64} inputMode="numeric" />
    </Form.Item>
  );
}

interface NewCard {
  readonly number: string;
  readonly format?: string;
  readonly label?: string;
  readonly duress?: boolean;
}

function IssueForm({ id, run }: { readonly id: string; readonly run: RunChange }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewCard>();
  const issue = async ({ number, format, label, duress }: NewCard): Promise<void> => {
    const more = label?.trim() ? { label: label.trim() } : {};
    const body = { number: number.trim(), format: format ?? "raw", duress: duress ?? false, ...more };
    const issued = await run(
      () => issueCard({ id }, body),
      (card) => t("cardholders.card.issued", { number: card.number }),
    );
    if (issued !== undefined) form.resetFields();
  };
  return (
    <Form
      form={form}
      name="issue-card"
      layout="vertical"
      requiredMark={false}
      className="issue-form"
      initialValues={{ format: "raw", duress: false }}
      onFinish={(card: NewCard) => void issue(card)}
    >
      <NumberField />
      <div className="person-pair">
        <Form.Item
          name="format"
          label={t("cardholders.card.format")}
          rules={[{ pattern: /^[a-z0-9-]{1,32}$/, message: "a-z 0-9 -" }]}
        >
          <Input autoComplete="off" maxLength={32} />
        </Form.Item>
        <Form.Item name="label" label={t("cardholders.card.label")}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      </div>
      <Form.Item name="duress" valuePropName="checked" extra={t("cardholders.card.duressHow")}>
        <Checkbox>{t("cardholders.card.duress")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t("cardholders.card.issue")}
      </Button>
    </Form>
  );
}
