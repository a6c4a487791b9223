import { addDays, addMonths, type Day } from "../../ground/day.js";
import { type Agreement, agreementFields } from "./collective-agreement-fields.js";
import { GRACE } from "./collective-agreement-stages.js";
import { checkParticipations, checkSchools } from "./collective-agreement-schools.js";
import { type Checks, refusals } from "../refusals.js";

type Check = Checks<typeof agreementFields>;

/** Every reason to refuse an agreement. Labour Code 45/2019/QH14 Art. 75–88. */
export const agreementProblems = refusals(agreementFields, (check, agreement, context) => {
  checkSchools(check, agreement, context);
  if (agreement.signedOn) {
    const effectiveOn = agreement.effectiveOn ?? agreement.signedOn;
    checkTerm(check, agreement, effectiveOn);
    checkDays(check, agreement, agreement.signedOn);
    checkProlongations(check, agreement);
    checkRenewal(check, agreement);
    checkParticipations(check, agreement);
  } else {
    for (const name of [
      "effectiveOn",
      "expiresOn",
      "filedOn",
      "renewalTalksSince",
      "runsOnUntil",
      "voidSince",
      "partlyVoidSince",
      "grade",
    ] as const)
      if (agreement[name]) check.refuse("RULE", name, `${name} is ${agreement[name]}, but the agreement has not been signed.`);
    if (agreement.amendedOn.length > 0)
      check.refuse("RULE", "amendedOn", "An agreement that has not been signed cannot have been amended.");
    if (agreement.prolongations.length > 0)
      check.refuse("RULE", "prolongations", "An agreement that has not been signed cannot have been prolonged.");
    if (agreement.participations.length > 0)
      check.refuse("RULE", "participations", "An agreement that has not been signed cannot have been joined or left.");
  }
  checkBallot(check, agreement, agreement.signedOn !== null, "");
});

function checkTerm(check: Check, { ballotFor, ballotTotal, signedOn, expiresOn }: Agreement, effectiveOn: Day) {
  if (signedOn && expiresOn && signedOn > expiresOn)
    check.refuse("OUT_OF_RANGE", "signedOn", `It was signed on ${signedOn}, after it ended on ${expiresOn}.`);
  for (const [name, votes] of Object.entries({ ballotFor, ballotTotal }))
    if (votes === null)
      check.refuse(
        "REQUIRED",
        name as "ballotFor",
        `${name} is missing: a signed agreement was put to the vote of all workers (Labour Code Art. 76).`,
      );
  const [shortest, longest] = [addDays(addMonths(effectiveOn, 12), -1), addMonths(effectiveOn, 36)];
  if (!expiresOn) check.refuse("REQUIRED", "expiresOn", `expiresOn is missing: ${agreementFields.expiresOn.description}`);
  else if (expiresOn < shortest || expiresOn > longest)
    check.refuse(
      "RULE",
      "expiresOn",
      `From ${effectiveOn} to ${expiresOn} is not one to three years (Labour Code Art. 78(3)); expected ${shortest} to ${longest}.`,
    );
}

function checkDays(check: Check, { filedOn, amendedOn, voidSince, partlyVoidSince }: Agreement, signedOn: Day) {
  const notBefore = (field: Parameters<Check["refuse"]>[1], on: Day | null, what: string) => {
    if (on && on < signedOn) check.refuse("OUT_OF_RANGE", field, `${what} on ${on}, before it was signed on ${signedOn}.`);
  };
  notBefore("filedOn", filedOn, "It was filed");
  for (const [index, on] of amendedOn.entries()) notBefore(`amendedOn.${index}`, on, "It was amended");
  notBefore("voidSince", voidSince, "It cannot be void");
  notBefore("partlyVoidSince", partlyVoidSince, "It cannot be partly void");
  if (voidSince && partlyVoidSince && partlyVoidSince >= voidSince)
    check.refuse(
      "OUT_OF_RANGE",
      "partlyVoidSince",
      `All of it has been void since ${voidSince}; a part of it was void before that day or not at all.`,
    );
}

function checkProlongations(check: Check, agreement: Agreement) {
  let { expiresOn: end, signedOn: before } = agreement;
  for (const [index, prolongation] of agreement.prolongations.entries()) {
    const at = `prolongations.${index}` as const;
    const { agreedOn, until } = prolongation;
    checkBallot(check, prolongation, true, `${at}.`);
    if (!end || !agreedOn || !until) return;
    const [first, last] = [later(addDays(end, -GRACE), before), later(addDays(end, GRACE), agreement.runsOnUntil)];
    if (agreedOn < first || agreedOn > last)
      check.refuse(
        "RULE",
        `${at}.agreedOn`,
        `A prolongation is agreed from 90 days before the end on ${end} and while the agreement runs on, and not before the signing or the prolongation before it: expected ${first} to ${last} (Labour Code Art. 83).`,
      );
    const [ended, longest] = [later(end, agreedOn), addMonths(end, 36)];
    if (until <= ended || until > longest)
      check.refuse(
        "OUT_OF_RANGE",
        `${at}.until`,
        `Prolonged to ${until}; expected a day after its end on ${end}, after the day on which that was agreed, and at most three years after its end: ${addDays(ended, 1)} to ${longest}.`,
      );
    [end, before] = [until, agreedOn];
  }
}

function checkRenewal(check: Check, { expiresOn, prolongations, renewalTalksSince, runsOnUntil }: Agreement) {
  const ends = [expiresOn, ...prolongations.map(({ until }) => until)].filter((end) => end !== null);
  const end = ends.findLast((each) => renewalTalksSince && addDays(each, -GRACE) <= renewalTalksSince && renewalTalksSince <= each);
  const last = ends.at(-1);
  if (renewalTalksSince && last && !end)
    check.refuse(
      "RULE",
      "renewalTalksSince",
      `Renewal is bargained from 90 days before the end: expected ${addDays(last, -GRACE)} to ${last} (Labour Code Art. 83).`,
    );
  if (runsOnUntil && !renewalTalksSince)
    check.refuse("REQUIRED", "renewalTalksSince", `It runs on until ${runsOnUntil}: say since when its renewal is bargained.`);
  if (runsOnUntil && end && runsOnUntil < end)
    check.refuse("OUT_OF_RANGE", "runsOnUntil", `It runs on until ${runsOnUntil}, but its term ends on ${end}.`);
}

/** Only those asked can vote; more than half of all do, where something was agreed. `path`: before the names of the fields. */
function checkBallot(
  check: Check,
  { ballotFor, ballotTotal }: Pick<Agreement, "ballotFor" | "ballotTotal">,
  isAgreed: boolean,
  path: "" | `prolongations.${number}.`,
) {
  if (ballotFor === null || ballotTotal === null) return;
  const field = `${path}ballotFor` as "ballotFor";
  if (ballotFor > ballotTotal)
    check.refuse("RULE", field, `ballotFor is ${ballotFor} and ballotTotal is ${ballotTotal}: only those asked can vote.`);
  if (isAgreed && ballotFor * 2 <= ballotTotal)
    check.refuse(
      "RULE",
      field,
      `${ballotFor} of ${ballotTotal} voted for it; an agreement may be ${path === "" ? "signed" : "prolonged"} only when more than half of all workers vote for it (Labour Code Art. 76).`,
    );
}

const later = (a: Day, b: Day | null) => (b && b > a ? b : a);
