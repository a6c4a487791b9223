import { addDays, type Day, vietnameseDay } from "../../ground/day.js";
import { lives, profileOn } from "../../tree/history.js";
import { isPublic } from "../../tree/unit.js";
import { type Agreement, type agreementFields } from "./collective-agreement-fields.js";
import { endOf, runsUntil } from "./collective-agreement-stages.js";
import { type RuleContext } from "../kind.js";
import { type Checks } from "../refusals.js";

type Check = Checks<typeof agreementFields>;

/** Each school is a non-public one that was open while the agreement covers it. Labour Code Art. 2, 75. */
export function checkSchools(check: Check, agreement: Agreement, { unit, named, today }: RuleContext) {
  const { schools, signedOn, participations } = agreement;
  const days = new Map(participations.map((each) => [each.school, each]));
  if (schools.length === 0)
    check.refuse("REQUIRED", "schools", {
      en: "Say which schools the agreement covers.",
      vi: "Ghi rõ thỏa ước áp dụng cho các trường nào (schools).",
    });
  if (unit.unit.level === "SCHOOL" && schools.length > 0 && !schools.includes(unit.unit.id))
    check.refuse("RULE", "schools", {
      en: "A school reports an agreement that covers itself; let the union report the others'.",
      vi: "Trường chỉ báo cáo thỏa ước áp dụng cho chính mình; thỏa ước của trường khác do công đoàn báo cáo.",
    });
  for (const [index, id] of schools.entries()) {
    const school = named.get(id);
    if (!school) continue;
    const { joinedOn, leftOn } = days.get(id) ?? { joinedOn: null, leftOn: null };
    const first = joinedOn ?? signedOn;
    const profile = profileOn(school, first ?? today);
    const end = leftOn ? addDays(leftOn, -1) : (endOf(agreement) ?? signedOn);
    if (school.unit.level !== "SCHOOL")
      check.refuse("WRONG_LEVEL", `schools.${index}`, {
        en: `${profile.name} is not a school.`,
        vi: `${profile.name} không phải là trường.`,
      });
    else if (isPublic(profile.ownership))
      check.refuse("WRONG_LEVEL", `schools.${index}`, {
        en: `${profile.name} is public: public schools sign an emulation pact, not a collective agreement (Law 10/2022 Art. 51; Labour Code Art. 2).`,
        vi: `${profile.name} là trường công lập: trường công lập ký giao ước thi đua, không ký thỏa ước lao động tập thể (Điều 51 Luật 10/2022; Điều 2 Bộ luật Lao động).`,
      });
    else if (signedOn && !lives(school.placements).some(({ from, until }) => from <= end! && first! < until))
      check.refuse("UNIT_CLOSED", `schools.${index}`, {
        en: `${profile.name} was not open while the agreement holds.`,
        vi: `${profile.name} không hoạt động trong thời gian thỏa ước có hiệu lực.`,
      });
  }
}

/** A school joins and leaves while the agreement runs; it is one of its schools and named once. Labour Code Art. 80, 84, 85. */
export function checkParticipations(check: Check, agreement: Agreement) {
  const covered = new Set(agreement.schools);
  const named = new Set<string>();
  for (const [index, { school, joinedOn, leftOn }] of agreement.participations.entries()) {
    const at = `participations.${index}` as const;
    if (school !== "" && !covered.has(school))
      check.refuse("RULE", `${at}.school`, {
        en: "The school joined or left the agreement, but is none of its schools: name it in schools, too.",
        vi: "Trường gia nhập hoặc rút khỏi thỏa ước nhưng không có trong các trường áp dụng: hãy ghi thêm vào danh sách trường (schools).",
      });
    if (school !== "" && named.has(school))
      check.refuse("RULE", `${at}.school`, {
        en: "The school is named twice in participations; give both its days in one row.",
        vi: "Trường được ghi hai lần trong danh sách gia nhập, rút khỏi (participations); hãy ghi cả hai ngày vào một dòng.",
      });
    named.add(school);
    if (!joinedOn && !leftOn)
      check.refuse("REQUIRED", `${at}.joinedOn`, {
        en: "Say since when the agreement covers the school, or since when it no longer does.",
        vi: "Ghi rõ thỏa ước áp dụng cho trường từ ngày nào, hoặc thôi áp dụng từ ngày nào.",
      });
    checkWithin(check, agreement, at, { joinedOn, leftOn });
  }
}

/** The last day of joining is that of the term, of leaving that on which it still runs while its renewal is bargained; neither is one on which all of it is void. */
function checkWithin(
  check: Check,
  agreement: Agreement,
  at: `participations.${number}`,
  { joinedOn, leftOn }: { joinedOn: Day | null; leftOn: Day | null },
) {
  const first = agreement.effectiveOn ?? agreement.signedOn;
  const end = endOf(agreement);
  if (!first || !end) return;
  const { voidSince } = agreement;
  const valid = (on: Day) => (voidSince && voidSince <= on ? addDays(voidSince, -1) : on);
  const [joinedBy, leftBy] = [valid(end), valid(runsUntil(agreement, end))];
  const leftFrom = addDays(joinedOn ?? first, 1);
  if (joinedOn && (joinedOn < first || joinedOn > joinedBy))
    check.refuse("OUT_OF_RANGE", `${at}.joinedOn`, {
      en: `The school joined the agreement on ${joinedOn}; expected a day on which it is in force, ${first} to ${joinedBy} (Labour Code Art. 85).`,
      vi: `Trường gia nhập thỏa ước ngày ${vietnameseDay(joinedOn)}; cần là ngày thỏa ước có hiệu lực, từ ${vietnameseDay(first)} đến ${vietnameseDay(joinedBy)} (Điều 85 Bộ luật Lao động).`,
    });
  else if (leftOn && (leftOn < leftFrom || leftOn > leftBy))
    check.refuse("OUT_OF_RANGE", `${at}.leftOn`, {
      en: `The school left the agreement on ${leftOn}; expected a day after the first on which it covers the school and while it runs, ${leftFrom} to ${leftBy} (Labour Code Art. 85).`,
      vi: `Trường rút khỏi thỏa ước ngày ${vietnameseDay(leftOn)}; cần là ngày sau ngày đầu tiên áp dụng cho trường và thỏa ước còn thực hiện, từ ${vietnameseDay(leftFrom)} đến ${vietnameseDay(leftBy)} (Điều 85 Bộ luật Lao động).`,
    });
}
