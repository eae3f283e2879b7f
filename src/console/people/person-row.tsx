import { type ChangeEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { enrolPhoto, isAgeing, type PhotoAnswer } from "../api/people.ts";
import type { Advice, CardholderView } from "../api/site.ts";
import { useLanguage } from "../texts/use-language.ts";

/** One person: what their photos lack, and a photo added with what the server says of it. */
export function PersonRow(props: {
  readonly person: CardholderView;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const words = useAdviceWords();
  const { person, nameOf } = props;
  const { photos, enough, missing } = person.enrolment;
  const [ageing, setAgeing] = useState(false);
  return (
    <li data-enough={enough}>
      <details
        onToggle={(event) => {
          if (event.currentTarget.open) void isAgeing(person.id).then(setAgeing, () => undefined);
        }}
      >
        <summary>
          <strong>{nameOf(person.id)}</strong>
          <small>
            {t("people.photos", { number: photos })} · {enough ? t("people.enough") : words(missing)}
          </small>
        </summary>
        {ageing ? <p className="failure">{t("people.ageing")}</p> : null}
        <PhotoForm person={person.id} nameOf={nameOf} />
      </details>
    </li>
  );
}

function PhotoForm({ person, nameOf }: { readonly person: string; readonly nameOf: (id: string) => string }) {
  const { t } = useTranslation();
  const words = useAdviceWords();
  const [photo, setPhoto] = useState<File | null>(null);
  const [working, setWorking] = useState(false);
  const [answer, setAnswer] = useState<PhotoAnswer | "noAnswer" | null>(null);

  const send = async (file: File, distinctFrom: readonly string[] = []): Promise<void> => {
    setWorking(true);
    setAnswer(null);
    setAnswer(await enrolPhoto(person, file, distinctFrom).catch(() => "noAnswer" as const));
    setWorking(false);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0] ?? null;
    setPhoto(file);
    if (file !== null) void send(file);
    // The same file again is another attempt.
    event.target.value = "";
  };
  const said = (): string => {
    if (working) return t("people.working");
    if (answer === null) return "";
    if (answer === "noAnswer") return t("people.noAnswer");
    if (answer.is === "enrolled") return t("people.enrolled");
    if (answer.is === "somebodyElses")
      return t("people.somebodyElses", { names: answer.others.map(nameOf).join(", ") });
    return answer.advice.length === 0 ? answer.detail : words(answer.advice);
  };
  const others =
    answer !== null && answer !== "noAnswer" && answer.is === "somebodyElses" ? answer.others : null;
  return (
    <div className="person-photo" aria-busy={working}>
      <label>
        {t("people.addPhoto")}
        <input type="file" accept="image/jpeg,image/png" onChange={choose} disabled={working} />
      </label>
      <output>{said()}</output>
      {others === null || photo === null ? null : (
        <button type="button" onClick={() => void send(photo, others)}>
          {t("people.distinct")}
        </button>
      )}
    </div>
  );
}

/** The server's words in the page's language. */
function useAdviceWords(): (advice: readonly Advice[]) => string {
  const language = useLanguage();
  return (advice) => advice.map((one) => one[language]).join(language === "zh" ? "；" : "; ");
}
