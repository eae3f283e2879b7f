import { Modal } from "antd";
import type { ReactNode } from "react";

/** Asks once more before what cannot, or not easily, be undone. */
export function Confirm(props: {
  readonly title: string;
  readonly okText: string;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<unknown>;
  /** What follows from it. */
  readonly children?: ReactNode;
}) {
  const { title, okText, onClose, onConfirm, children } = props;
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger: true }}
      onCancel={onClose}
      onOk={() => {
        onClose();
        void onConfirm();
      }}
    >
      {children}
    </Modal>
  );
}
