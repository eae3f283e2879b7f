import "../accounts/accounts.css";
import "./cardholders.css";
import { Alert, Flex, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiError } from "../api/http.ts";
import { useMay } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { momentText } from "../texts/locale.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { type Person, usePerson } from "./people-queries.ts";
import { PersonCards } from "./person-cards.tsx";
import { PersonConsent } from "./person-consent.tsx";
import { PersonData } from "./person-data.tsx";
import { PersonPhotos } from "./person-photos.tsx";
import { PersonPin } from "./person-pin.tsx";
import { PersonRemoval } from "./person-removal.tsx";
import { PersonWaiting } from "./person-waiting.tsx";
import { StatusTag } from "./status-tag.tsx";
import { usePersonChange } from "./use-person-change.tsx";

/** Everything of one person in one place. */
export function PersonPage() {
  const { id = "" } = useParams();
  return (
    <Antd>
      <OnePerson key={id} id={id} />
    </Antd>
  );
}

function OnePerson({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data, error } = usePerson(id);
  const [removed, setRemoved] = useState(false);
  const notThere = error instanceof ApiError && error.status === 404;
  return (
    <div className="admin-page person-page">
      <Link to="/cardholders">{`← ${t("cardholders.person.back")}`}</Link>
      {removed ? <Alert type="success" showIcon title={t("cardholders.removal.removed")} /> : null}
      {error !== null && !removed ? (
        <Alert
          type="error"
          showIcon
          title={
            notThere ? t("cardholders.person.notThere") : t("cardholders.failed", { detail: error.message })
          }
        />
      ) : null}
      {data === undefined ? null : <Parts of={data} onRemoved={() => setRemoved(true)} />}
      {data === undefined && error === null ? <p>{t("shell.loading")}</p> : null}
    </div>
  );
}

function Parts({ of: person, onRemoved }: { readonly of: Person; readonly onRemoved: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayChange = useMay("changePeople");
  const mayDelete = useMay("deletePeople");
  const maySeeEvents = useMay("seeEvents");
  const { run, told } = usePersonChange();
  const name = personName(person.name, language);
  const part = { person, name, run, mayChange };
  return (
    <>
      <Flex wrap align="center" gap="small" className="person-head">
        <Typography.Title level={2}>{name}</Typography.Title>
        <StatusTag status={person.status} />
        <span className="person-since">
          {t("cardholders.person.since", { time: momentText(person.createdAt, language) })}
        </span>
        {maySeeEvents ? <Link to={`/people/${person.id}`}>{t("cardholders.person.history")}</Link> : null}
      </Flex>
      {mayChange ? null : <p>{t("cardholders.person.readOnly")}</p>}
      {told}
      <PersonWaiting id={person.id} />
      <div className="person-parts">
        <div className="person-column">
          <PersonData {...part} />
          <PersonPin {...part} />
          {mayDelete ? <PersonRemoval {...part} onRemoved={onRemoved} /> : null}
        </div>
        <div className="person-column">
          <PersonCards {...part} />
          <PersonConsent {...part} />
          <PersonPhotos {...part} />
        </div>
      </div>
    </>
  );
}
