import * as client from "./client.ts";

export type WaitingApproval = client.ListApprovalsData["approvals"][number];

/** What only the one who confirms is told: the second half of a one-time password, if there is one. */
export async function confirmApproval(id: string, comment: string): Promise<string | null> {
  const { forConfirmer } = await client.confirmApproval({ id }, { comment });
  const half: unknown = forConfirmer?.["oneTimePassword"];
  return typeof half === "string" ? half : null;
}

export const approvalPicture = (id: string): string => `/api/v1/approvals/${id}/picture`;
