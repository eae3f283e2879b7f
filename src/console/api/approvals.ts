import type { ApprovalView } from "../../ports/services/approval-services.ts";
import { isObject, request } from "./http.ts";

const path = "/api/v1/approvals";

/** With the name of whom it is about, for those who may see people. */
export interface WaitingApproval extends ApprovalView {
  readonly subject: ApprovalView["subject"] & { readonly cardholderName?: string };
}

export interface Approvals {
  readonly inForce: boolean;
  readonly approvals: readonly WaitingApproval[];
}

// The server is this page's own and of the same version: its answer is taken in the shape its port declares.
export async function fetchApprovals(): Promise<Approvals> {
  return (await request("GET", path)) as Approvals;
}

/** What only the one who confirms is told: the second half of a one-time password, if there is one. */
export async function confirmApproval(id: string, comment: string): Promise<string | null> {
  const answer = await request("POST", `${path}/${id}/confirm`, { comment });
  const told = isObject(answer) && isObject(answer["forConfirmer"]) ? answer["forConfirmer"] : {};
  return typeof told["oneTimePassword"] === "string" ? told["oneTimePassword"] : null;
}

export async function rejectApproval(id: string, comment: string): Promise<void> {
  await request("POST", `${path}/${id}/reject`, { comment });
}

export const approvalPicture = (id: string): string => `${path}/${id}/picture`;
