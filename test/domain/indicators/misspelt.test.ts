import { type Sum } from "../../../src/domain/counting/sum.js";
import { conferences } from "../../../src/domain/records/kinds/conference.js";
import { type TallyWriter } from "../../../src/domain/counting/tally.js";
import { membership, membershipUnsaid } from "../../../src/domain/records/kinds/membership-report.js";
import { type Indicator } from "../../../src/domain/figures/indicator.js";

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
