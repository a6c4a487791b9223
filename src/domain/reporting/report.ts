import { addDays, type Day } from "../ground/day.js";
import { type ProblemCode } from "../ground/problem.js";
import { type ReportingRules } from "../records/kinds/settings-in-force.js";
import * as words from "./report-words.js";
import { type Words } from "../ground/words.js";
import { type ReportState, type Standing } from "./standing.js";

/** What can be done with a report. */
export const REPORT_ACTIONS = ["SUBMIT", "ACCEPT", "RETURN", "REOPEN"] as const;
export type ReportAction = (typeof REPORT_ACTIONS)[number];

/** The caller as seen from the unit. */
export interface Actor {
  today: Day;
  token: { name: string; tokenId: string };
  /** Whether the role allows to record at all. */
  records: boolean;
  /** ABOVE: the top of its branch is a federation above the unit today, or it is an administrator. INSIDE: the unit is that top, or that is its union. */
  stands: "INSIDE" | "ABOVE";
  /** Whether every unit whose closing holds for the unit lies in the caller's branch. */
  keepsClosings: boolean;
}

/** Why something may not be done now: a code for machines and a sentence for people. */
export interface Refusal {
  code: ProblemCode;
  words: Words;
}

/** What an action comes to: a new state, nothing because it is so already, or a refusal. */
export type Decision =
  { outcome: "STORED"; state: ReportState } | ({ outcome: "UNCHANGED" } & Refusal) | ({ outcome: "REJECTED" } & Refusal);

/**
 * What becomes of a report when a caller acts on it: the whole state machine. DRAFT and RETURNED are submitted; SUBMITTED
 * is accepted or returned by a unit above; ACCEPTED is opened again by a unit above, and so is any report of a period that
 * has been closed, but only by whoever keeps all units that closed it. Before the cut-off it is submitted only so many days early as
 * `rules` allow, as an estimate, which becomes final when it is submitted again from the cut-off on.
 */
export function decide(action: ReportAction, standing: Standing, actor: Actor, rules: ReportingRules): Decision {
  const { state } = standing;
  const refuse = (code: ProblemCode, why: Words): Decision => ({ outcome: "REJECTED", code, words: why });
  const unchanged = (why: Words): Decision => ({ outcome: "UNCHANGED", code: "WRONG_STATE", words: why });
  if (!actor.records) return refuse("FORBIDDEN", words.readsOnly);
  if (!standing.hasSuperior) return refuse("WRONG_LEVEL", words.nobodyAbove);
  if (!standing.counted) return refuse("UNIT_CLOSED", words.notCounted(standing));
  if (action !== "SUBMIT" && actor.stands !== "ABOVE") return refuse("FORBIDDEN", words.forTheUnionAbove);
  const closing = standing.closedAbove[0] ?? standing.closedItself;
  if (action === "REOPEN" && closing && !actor.keepsClosings) return refuse("PERIOD_LOCKED", words.closed(standing, closing));
  if (action === "REOPEN" && closing) return { outcome: "STORED", state: "DRAFT" };
  const already = alreadySo(action, standing, actor);
  if (already) return unchanged(already);
  if (standing.closedAbove[0]) return refuse("PERIOD_LOCKED", words.closed(standing, standing.closedAbove[0]));
  if (action === "SUBMIT" && actor.today < standing.from) return refuse("OUT_OF_RANGE", words.notBegun(standing));
  const first = addDays(standing.cutOff, -(rules.daysEarly.get(standing.period) ?? 0));
  if (action === "SUBMIT" && actor.today < first) return refuse("OUT_OF_RANGE", words.tooEarly(standing, first));
  if (action === "ACCEPT" && state === "SUBMITTED" && rules.twoPeople && isSame(actor, standing))
    return refuse("FORBIDDEN", words.ownReport);
  switch (action) {
    case "SUBMIT":
      return { outcome: "STORED", state: "SUBMITTED" };
    case "ACCEPT":
      return state === "SUBMITTED" ? { outcome: "STORED", state: "ACCEPTED" } : refuse("WRONG_STATE", words.notSubmitted(standing));
    case "RETURN":
      if (state === "ACCEPTED") return refuse("WRONG_STATE", words.acceptedAlready(standing));
      return state === "SUBMITTED" ? { outcome: "STORED", state: "RETURNED" } : refuse("WRONG_STATE", words.notSubmitted(standing));
    case "REOPEN":
      return state === "ACCEPTED" ? { outcome: "STORED", state: "DRAFT" } : refuse("WRONG_STATE", words.stillOpen);
  }
}

/** Whether an action finds done what it asks for, so that sending it again is safe. */
function alreadySo(action: ReportAction, standing: Standing, { today }: Actor): Words | null {
  const { state } = standing;
  const becomesFinal = isEstimate(standing) && standing.cutOff <= today;
  if (action === "SUBMIT" && state === "SUBMITTED" && becomesFinal) return null;
  if (action === "SUBMIT" && state === "SUBMITTED") return words.submittedAlready(standing);
  if ((action === "SUBMIT" || action === "ACCEPT") && state === "ACCEPTED") return lockOf(standing)?.words ?? words.accepted(standing);
  if (action === "RETURN" && state === "RETURNED") return words.returnedAlready;
  if (action === "REOPEN" && (state === "DRAFT" || state === "RETURNED")) return words.openAlready;
  return null;
}

/** Whether its figures are an estimate (số liệu ước): it was submitted before the cut-off, and not again since. */
export function isEstimate({ state, finalSince }: Pick<Standing, "state" | "finalSince">): boolean {
  return (state === "SUBMITTED" || state === "ACCEPTED") && finalSince === null;
}

/** Whether a caller is who acted on a report last: by the token, by its name where 0.4.0 stored it. */
function isSame({ token }: Actor, { lastActor }: Standing): boolean {
  return lastActor !== null && (lastActor.tokenId === null ? lastActor.name === token.name : lastActor.tokenId === token.tokenId);
}

/**
 * Why the records of a unit that stand in this report may not change now; `null` where they may. Of an accepted report of a
 * closed period the closing is named: only whoever closed it can open either. `whom`: who is asked, where it is not whoever set the lock.
 */
export function lockOf(standing: Standing, whom?: Words): Refusal | null {
  const closing = standing.closedAbove[0] ?? standing.closedItself;
  if (closing) return { code: "PERIOD_LOCKED", words: words.closed(standing, closing, whom) };
  return standing.state === "ACCEPTED" ? { code: "PERIOD_LOCKED", words: words.accepted(standing, whom) } : null;
}
