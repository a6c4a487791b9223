import { type Sum } from "../../../src/domain/counting/sum.js";
import { conferenceHeldOnTime, conferences, staffConferenceHeld } from "../../../src/domain/records/kinds/conference.js";
import { type TallyWriter } from "../../../src/domain/counting/tally.js";
import { membership, membershipUnsaid } from "../../../src/domain/records/kinds/membership-report.js";
import { completionOf, type Indicator } from "../../../src/domain/figures/indicator.js";
import { staffConferenceCompletion } from "../../../src/domain/figures/list/staff-conference-completion.js";
import { dueFor } from "../../../src/domain/counting/due.js";
import { type RuleContext } from "../../../src/domain/records/kind.js";
import { dossier } from "../harness.js";

/** Each of these lines compiled as a text once; `tsc` fails where one of them compiles again. */
test("a misspelt measure does not compile, neither where it is counted nor in a formula", () => {
  const write: TallyWriter = { add: () => undefined, status: () => undefined };
  // @ts-expect-error: there is no such measure
  write.add(conferences.conferencePresnt, 1);
  // @ts-expect-error: a text is no measure
  write.add("conferencePresent", 1);
  // @ts-expect-error: there is no such measure
  const misspelt: Sum = { plus: [membership.womenMembrs] };
  // @ts-expect-error: a text is no measure
  const text: Sum = { plus: ["womenMembers"], minus: [membership.members] };
  // @ts-expect-error: no report leaves this open
  const open: Pick<Indicator, "unsaid"> = { unsaid: membershipUnsaid.members };
  expect([misspelt.plus, text.plus, open.unsaid]).toEqual([[undefined], ["womenMembers"], undefined]);
});

test("no record looks up a last day by a text, and none of a duty that has no last day of its own", () => {
  const subject = dossier({ deadlines: new Map([[staffConferenceHeld, "2024-10-13"]]) });
  // @ts-expect-error: a text is no duty
  expect(() => dueFor(subject, "staffConferenceCompletion")).toThrow();
  // @ts-expect-error: it is judged by the last day of another duty
  expect(() => dueFor(subject, conferenceHeldOnTime)).toThrow();
  // @ts-expect-error: a text is no duty
  expect(subject.deadlines.get("staffConferenceCompletion")).toBeUndefined();
  // @ts-expect-error: a text is no duty
  expect(subject.demands.get("agreementsSignedInTerm")).toBeUndefined();
  // @ts-expect-error: a text is no duty
  const named: Parameters<RuleContext["indicators"]["ofDuty"]>[0] = "reportAcceptance";
  expect([dueFor(subject, staffConferenceHeld), dueFor(dossier(), staffConferenceHeld), named]).toEqual([
    ...["2024-10-13", "2024-12-05", "reportAcceptance"],
  ]);
});

test("an indicator has its deadline from its duty, and that of another only together with the indicator of the other", () => {
  // @ts-expect-error: who judges it is not said
  expect(completionOf(conferenceHeldOnTime).judgedBy).toBeUndefined();
  // @ts-expect-error: a text is no indicator
  expect(completionOf(conferenceHeldOnTime, "staffConferenceCompletion").judgedBy).toBeUndefined();
  // @ts-expect-error: it has a last day of its own
  expect(completionOf(staffConferenceHeld, staffConferenceCompletion).takesDeadline).toBe(true);
  expect(completionOf(conferenceHeldOnTime, staffConferenceCompletion).judgedBy).toBe("staffConferenceCompletion");
});
