import { vietnameseNumber } from "../../ground/words.js";
import { addDays, addMonths, type Day, vietnameseDay } from "../../ground/day.js";
import { type Words } from "../../ground/words.js";
import { type Agreement, agreementFields } from "./collective-agreement-fields.js";
import { GRACE } from "./collective-agreement-stages.js";
import { checkParticipations, checkSchools } from "./collective-agreement-schools.js";
import { inVietnamese, missing } from "../field-words.js";
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
      if (agreement[name])
        check.refuse("RULE", name, {
          en: `${name} is ${agreement[name]}, but the agreement has not been signed.`,
          vi: `Đã ghi ${inVietnamese(agreementFields, name)}, nhưng thỏa ước chưa được ký.`,
        });
    if (agreement.amendedOn.length > 0)
      check.refuse("RULE", "amendedOn", {
        en: "An agreement that has not been signed cannot have been amended.",
        vi: "Thỏa ước chưa ký thì không thể đã sửa đổi, bổ sung.",
      });
    if (agreement.prolongations.length > 0)
      check.refuse("RULE", "prolongations", {
        en: "An agreement that has not been signed cannot have been prolonged.",
        vi: "Thỏa ước chưa ký thì không thể đã kéo dài thời hạn.",
      });
    if (agreement.participations.length > 0)
      check.refuse("RULE", "participations", {
        en: "An agreement that has not been signed cannot have been joined or left.",
        vi: "Thỏa ước chưa ký thì không có trường gia nhập hoặc rút khỏi.",
      });
  }
  checkBallot(check, agreement, agreement.signedOn !== null, "");
});

function checkTerm(check: Check, { ballotFor, ballotTotal, signedOn, expiresOn }: Agreement, effectiveOn: Day) {
  if (signedOn && expiresOn && signedOn > expiresOn)
    check.refuse("OUT_OF_RANGE", "signedOn", {
      en: `It was signed on ${signedOn}, after it ended on ${expiresOn}.`,
      vi: `Thỏa ước ký ngày ${vietnameseDay(signedOn)}, sau ngày hết hạn ${vietnameseDay(expiresOn)}.`,
    });
  for (const [name, votes] of Object.entries({ ballotFor, ballotTotal }))
    if (votes === null)
      check.refuse("REQUIRED", name as "ballotFor", {
        en: `${name} is missing: a signed agreement was put to the vote of all workers (Labour Code Art. 76).`,
        vi: `Thiếu ${inVietnamese(agreementFields, name)}: thỏa ước đã ký phải được lấy ý kiến của toàn bộ người lao động (Điều 76 Bộ luật Lao động).`,
      });
  const [shortest, longest] = [addDays(addMonths(effectiveOn, 12), -1), addMonths(effectiveOn, 36)];
  if (!expiresOn) check.refuse("REQUIRED", "expiresOn", missing(agreementFields.expiresOn, "expiresOn"));
  else if (expiresOn < shortest || expiresOn > longest)
    check.refuse("RULE", "expiresOn", {
      en: `From ${effectiveOn} to ${expiresOn} is not one to three years (Labour Code Art. 78(3)); expected ${shortest} to ${longest}.`,
      vi: `Từ ${vietnameseDay(effectiveOn)} đến ${vietnameseDay(expiresOn)} không phải là thời hạn từ một đến ba năm (khoản 3 Điều 78 Bộ luật Lao động); cần hết hạn từ ${vietnameseDay(shortest)} đến ${vietnameseDay(longest)}.`,
    });
}

function checkDays(check: Check, { filedOn, amendedOn, voidSince, partlyVoidSince }: Agreement, signedOn: Day) {
  const notBefore = (field: Parameters<Check["refuse"]>[1], on: Day | null, what: Words) => {
    if (on && on < signedOn)
      check.refuse("OUT_OF_RANGE", field, {
        en: `${what.en} on ${on}, before it was signed on ${signedOn}.`,
        vi: `Ngày ${what.vi} ${vietnameseDay(on)} trước ngày ký ${vietnameseDay(signedOn)}.`,
      });
  };
  notBefore("filedOn", filedOn, { en: "It was filed", vi: "gửi" });
  for (const [index, on] of amendedOn.entries()) notBefore(`amendedOn.${index}`, on, { en: "It was amended", vi: "sửa đổi, bổ sung" });
  notBefore("voidSince", voidSince, { en: "It cannot be void", vi: "vô hiệu toàn bộ" });
  notBefore("partlyVoidSince", partlyVoidSince, { en: "It cannot be partly void", vi: "vô hiệu từng phần" });
  if (voidSince && partlyVoidSince && partlyVoidSince >= voidSince)
    check.refuse("OUT_OF_RANGE", "partlyVoidSince", {
      en: `All of it has been void since ${voidSince}; a part of it was void before that day or not at all.`,
      vi: `Thỏa ước đã vô hiệu toàn bộ từ ngày ${vietnameseDay(voidSince)}; nếu vô hiệu từng phần thì phải từ trước ngày đó.`,
    });
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
      check.refuse("RULE", `${at}.agreedOn`, {
        en: `A prolongation is agreed from 90 days before the end on ${end} and while the agreement runs on, and not before the signing or the prolongation before it: expected ${first} to ${last} (Labour Code Art. 83).`,
        vi: `Việc kéo dài được thỏa thuận từ 90 ngày trước ngày hết hạn ${vietnameseDay(end)} và trong thời gian thỏa ước còn thực hiện, không trước ngày ký hoặc lần kéo dài trước: cần từ ${vietnameseDay(first)} đến ${vietnameseDay(last)} (Điều 83 Bộ luật Lao động).`,
      });
    const [ended, longest] = [later(end, agreedOn), addMonths(end, 36)];
    if (until <= ended || until > longest)
      check.refuse("OUT_OF_RANGE", `${at}.until`, {
        en: `Prolonged to ${until}; expected a day after its end on ${end}, after the day on which that was agreed, and at most three years after its end: ${addDays(ended, 1)} to ${longest}.`,
        vi: `Kéo dài đến ${vietnameseDay(until)}; ngày hết hạn mới phải sau ngày hết hạn ${vietnameseDay(end)}, sau ngày thỏa thuận và không quá ba năm sau ngày hết hạn: từ ${vietnameseDay(addDays(ended, 1))} đến ${vietnameseDay(longest)}.`,
      });
    [end, before] = [until, agreedOn];
  }
}

function checkRenewal(check: Check, { expiresOn, prolongations, renewalTalksSince, runsOnUntil }: Agreement) {
  const ends = [expiresOn, ...prolongations.map(({ until }) => until)].filter((end) => end !== null);
  const end = ends.findLast((each) => renewalTalksSince && addDays(each, -GRACE) <= renewalTalksSince && renewalTalksSince <= each);
  const last = ends.at(-1);
  if (renewalTalksSince && last && !end)
    check.refuse("RULE", "renewalTalksSince", {
      en: `Renewal is bargained from 90 days before the end: expected ${addDays(last, -GRACE)} to ${last} (Labour Code Art. 83).`,
      vi: `Thương lượng kéo dài bắt đầu từ 90 ngày trước ngày hết hạn: cần từ ${vietnameseDay(addDays(last, -GRACE))} đến ${vietnameseDay(last)} (Điều 83 Bộ luật Lao động).`,
    });
  if (runsOnUntil && !renewalTalksSince)
    check.refuse("REQUIRED", "renewalTalksSince", {
      en: `It runs on until ${runsOnUntil}: say since when its renewal is bargained.`,
      vi: `Thỏa ước tiếp tục thực hiện đến ${vietnameseDay(runsOnUntil)}: ghi rõ ngày bắt đầu thương lượng kéo dài (renewalTalksSince).`,
    });
  if (runsOnUntil && end && runsOnUntil < end)
    check.refuse("OUT_OF_RANGE", "runsOnUntil", {
      en: `It runs on until ${runsOnUntil}, but its term ends on ${end}.`,
      vi: `Thỏa ước tiếp tục thực hiện đến ${vietnameseDay(runsOnUntil)}, nhưng thời hạn kết thúc ngày ${vietnameseDay(end)}.`,
    });
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
    check.refuse("RULE", field, {
      en: `ballotFor is ${ballotFor} and ballotTotal is ${ballotTotal}: only those asked can vote.`,
      vi: `Số người tán thành (ballotFor) là ${vietnameseNumber(ballotFor)}, tổng số người được lấy ý kiến (ballotTotal) là ${vietnameseNumber(ballotTotal)}: chỉ người được lấy ý kiến mới biểu quyết.`,
    });
  if (isAgreed && ballotFor * 2 <= ballotTotal)
    check.refuse("RULE", field, {
      en: `${ballotFor} of ${ballotTotal} voted for it; an agreement may be ${path === "" ? "signed" : "prolonged"} only when more than half of all workers vote for it (Labour Code Art. 76).`,
      vi: `${vietnameseNumber(ballotFor)}/${vietnameseNumber(ballotTotal)} người tán thành; thỏa ước chỉ được ${path === "" ? "ký" : "kéo dài"} khi có trên 50% người lao động biểu quyết tán thành (Điều 76 Bộ luật Lao động).`,
    });
}

const later = (a: Day, b: Day | null) => (b && b > a ? b : a);
