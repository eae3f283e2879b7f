import { Alert, Button, Modal, Table, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ImportCardholdersData, importCardholders } from "../api/client.ts";
import { useLanguage } from "../texts/use-language.ts";
import { usePersonChange } from "./use-person-change.tsx";

type Fault = ImportCardholdersData["faults"][number];

/** Ten thousand rows are written between the doors' decisions: it takes its time. */
const importTimeoutMs = 300_000;

/** A list is looked at first; then everybody in it is registered, or nobody. */
export function ImportList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [working, setWorking] = useState(false);
  const [report, setReport] = useState<ImportCardholdersData | null>(null);
  const { run, told } = usePersonChange();
  const reportText = useReportText();
  const send = async (list: File, dryRun: "true" | "false"): Promise<void> => {
    setWorking(true);
    // The controller reads by the content: what a system calls a CSV file differs.
    const body = new File([list], list.name, { type: "text/csv" });
    const answer = await run(
      () => importCardholders({ dryRun }, body, { timeoutMs: importTimeoutMs }),
      reportText,
      ({ faults }) => faults.length > 0,
    );
    setWorking(false);
    setReport(answer ?? null);
  };
  const choose = (list: File): void => {
    setFile(list);
    setReport(null);
    void send(list, "true");
  };
  const ready = report !== null && !report.imported && report.faults.length === 0;
  return (
    <Modal
      open
      width={860}
      title={t("cardholders.import.title")}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t("cardholders.import.close")}
        </Button>,
        ...(ready && file !== null
          ? [
              <Button key="run" type="primary" loading={working} onClick={() => void send(file, "false")}>
                {t("cardholders.import.run", { people: report.people })}
              </Button>,
            ]
          : []),
      ]}
    >
      <p>{t("cardholders.import.how")}</p>
      <p>
        <small>{t("cardholders.import.columns")}</small>
      </p>
      <Upload
        accept=".csv,text/csv"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(list) => {
          choose(list);
          return false;
        }}
      >
        <Button loading={working}>{t("cardholders.import.choose")}</Button>
      </Upload>{" "}
      {file?.name}
      {told}
      {report === null || report.faults.length === 0 ? null : <Faults of={report} />}
    </Modal>
  );
}

function useReportText(): (report: ImportCardholdersData) => string {
  const { t } = useTranslation();
  return ({ imported, people, cards, faults }) => {
    if (imported) return t("cardholders.import.done", { people, cards });
    return faults.length === 0
      ? t("cardholders.import.fits", { people, cards })
      : t("cardholders.import.faults", { number: faults.length });
  };
}

function Faults({ of: { faults, moreFaults } }: { readonly of: ImportCardholdersData }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <Table<Fault>
        size="small"
        dataSource={[...faults]}
        rowKey={({ row, column, message }) => `${row} ${column ?? ""} ${message.en}`}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("cardholders.import.row"), dataIndex: "row", rowScope: "row" },
          {
            title: t("cardholders.import.column"),
            render: (_, { column }) => column ?? t("cardholders.import.wholeRow"),
          },
          { title: t("cardholders.import.value"), dataIndex: "value" },
          { title: t("cardholders.import.message"), render: (_, { message }) => message[language] },
        ]}
      />
      {moreFaults ? <Alert type="warning" title={t("cardholders.import.moreFaults")} /> : null}
    </>
  );
}
