import { addDays, type Day, vietnameseDay } from "../../ground/day.js";
import { capital, vietnameseNumber } from "../../ground/words.js";
import { placementOn, profileOn } from "../../tree/history.js";
import { isPublic } from "../../tree/unit.js";
import { type Conference, conferenceFields } from "./conference-fields.js";
import { inVietnamese } from "../field-words.js";
import { type RuleContext } from "../kind.js";
import { twoThirdsOf } from "../quorum.js";
import { type Checks, refusals } from "../refusals.js";

type Check = Checks<typeof conferenceFields>;

/** Up to this many workers a public school may do without a conference. Law 10/2022 Art. 51(2)(đ). */
export const MAY_DO_WITHOUT = 7;
/** From this many workers a non-public school owes a labour conference: the threshold of Thanh Trì's target 2023–2028. */
export const OWES_LABOUR_CONFERENCE = 10;
/** From this many workers a public school may convene delegates. Law 10/2022 Art. 51(2)(a,b). */
const MAY_CONVENE_DELEGATES = 100;

/** People who must be present: two thirds of everybody, or of the delegates convened (Law 10/2022 Art. 51(2)(c)); `null` where it is not known, or nobody need come, as to a written ballot (Art. 50(2)). */
export function quorum(conference: Pick<Conference, "form" | "workers" | "convened"> & Partial<Pick<Conference, "method">>): number | null {
  if (conference.method === "BALLOT") return null;
  const base = conference.form === "DELEGATES" ? conference.convened : (conference.workers ?? conference.convened);
  return base === null ? null : twoThirdsOf(base);
}

/**
 * Whether a conference was held with effect. A staff conference needs its quorum, but a written ballot none, and more than half of the votes; figures
 * that a printed document leaves out are taken as given. A labour conference follows the school's own regulation: the two
 * thirds are not law for it (Decree 145/2020 Art. 47).
 */
export function isValid(conference: Conference): boolean {
  if (!conference.heldOn) return false;
  if (conference.type !== "STAFF_CONFERENCE") return true;
  const needed = quorum(conference);
  if (conference.present !== null && needed !== null && conference.present < needed) return false;
  return conference.votesFor === null || conference.present === null || conference.votesFor * 2 > conference.present;
}

/** Every reason to refuse a conference. */
export const conferenceProblems = refusals(conferenceFields, (check, content, context) => {
  const { unit, schoolYear } = context;
  const staff = isPublic(profileOn(unit, content.heldOn ?? schoolYear?.referenceDate ?? "").ownership);
  if (content.type !== (staff ? "STAFF_CONFERENCE" : "LABOUR_CONFERENCE"))
    check.refuse("WRONG_LEVEL", "type", {
      en: `A ${staff ? "public school holds a staff" : "non-public school holds a labour"} conference, not a ${content.type} (Law 10/2022 Art. 2, 51, 82).`,
      vi: `Trường ${staff ? "công lập tổ chức hội nghị cán bộ, công chức, viên chức, người lao động" : "ngoài công lập tổ chức hội nghị người lao động"}, không phải ${content.type} (Điều 2, 51, 82 Luật 10/2022).`,
    });
  checkStatement(check, content, staff);
  // Also where the day is missing or cannot be read: a clerk mends all cells in one go.
  if (content.notHeldBecause) return;
  if (content.heldOn) checkDay(check, content, content.heldOn, context);
  checkPeople(check, content);
  checkForm(check, content, staff);
  checkCommittee(check, content, context, staff);
});

/** What is said of a conference that was not held. */
function checkStatement(check: Check, content: Conference, staff: boolean) {
  const { heldOn, notHeldBecause, workers } = content;
  if (heldOn && notHeldBecause)
    check.refuse("RULE", "notHeldBecause", {
      en: "Give heldOn or notHeldBecause, not both.",
      vi: "Chỉ ghi một trong hai: ngày tổ chức (heldOn) hoặc lý do không tổ chức (notHeldBecause).",
    });
  if (!heldOn && !notHeldBecause)
    check.refuse("REQUIRED", "heldOn", {
      en: "Give heldOn, or notHeldBecause where no conference was held.",
      vi: "Ghi ngày tổ chức (heldOn); nếu không tổ chức hội nghị thì ghi lý do không tổ chức (notHeldBecause).",
    });
  if (notHeldBecause === "NOT_MANDATORY" && staff && (workers ?? 0) > MAY_DO_WITHOUT)
    check.refuse("RULE", "notHeldBecause", {
      en: `With ${workers} workers the conference is mandatory; only up to ${MAY_DO_WITHOUT} may do without (Law 10/2022 Art. 51(2)(đ)).`,
      vi: `Đơn vị có ${vietnameseNumber(workers!)} người phải tổ chức hội nghị; chỉ đơn vị có từ ${MAY_DO_WITHOUT} người trở xuống mới có thể không tổ chức (điểm đ khoản 2 Điều 51 Luật 10/2022).`,
    });
  if (notHeldBecause === "NOT_MANDATORY" && workers === null)
    check.refuse("REQUIRED", "workers", {
      en: "Say how many workers there are when the conference is not mandatory.",
      vi: "Ghi tổng số cán bộ, viên chức, người lao động (workers) khi không bắt buộc tổ chức hội nghị.",
    });
  if (!notHeldBecause) return;
  for (const name of ["convened", "present", "votesFor", "inspectionCommitteeSize"] as const) {
    const count = content[name];
    if (count)
      check.refuse("RULE", name, {
        en: `${name} is ${count}, but no conference was held.`,
        vi: `${capital(inVietnamese(conferenceFields, name))} là ${vietnameseNumber(count)}, nhưng không tổ chức hội nghị.`,
      });
  }
  if (content.pactSigned || content.inspectionCommitteeElected)
    check.refuse("RULE", content.pactSigned ? "pactSigned" : "inspectionCommitteeElected", {
      en: "This is done at a conference, but none was held.",
      vi: "Việc này thực hiện tại hội nghị, nhưng không tổ chức hội nghị.",
    });
}

function checkDay(check: Check, { sixMonthReviewOn }: Conference, heldOn: Day, { unit, schoolYear }: RuleContext) {
  if (schoolYear && (heldOn < addDays(schoolYear.startsOn, -365) || heldOn > addDays(schoolYear.endsOn, 365)))
    check.refuse("OUT_OF_RANGE", "heldOn", {
      en: `${heldOn} is more than a year away from ${schoolYear.label}; the school year is the one whose tasks the conference adopts.`,
      vi: `Ngày ${vietnameseDay(heldOn)} cách năm học ${schoolYear.label} hơn một năm; năm học là năm có nhiệm vụ mà hội nghị thông qua.`,
    });
  if (!placementOn(unit, heldOn))
    check.refuse("UNIT_CLOSED", "heldOn", {
      en: `The school was not open on ${heldOn}.`,
      vi: `Trường không hoạt động vào ngày ${vietnameseDay(heldOn)}.`,
    });
  if (sixMonthReviewOn && sixMonthReviewOn <= heldOn)
    check.refuse("OUT_OF_RANGE", "sixMonthReviewOn", {
      en: `The review on ${sixMonthReviewOn} must come after the conference on ${heldOn}.`,
      vi: `Ngày sơ kết ${vietnameseDay(sixMonthReviewOn)} phải sau ngày hội nghị ${vietnameseDay(heldOn)}.`,
    });
}

function checkPeople(check: Check, { convened }: Conference) {
  check.needed("convened", "present");
  if (convened === 0)
    check.refuse("OUT_OF_RANGE", "convened", {
      en: "Nobody was convened; expected 1 or more.",
      vi: "Không có ai được triệu tập; cần từ 1 người trở lên.",
    });
  check.atMost("convened", "workers", {
    en: "people convened are workers of the school",
    vi: "người được triệu tập là người lao động của trường",
  });
  check.atMost("present", "convened", {
    en: "only people who were convened are counted as present",
    vi: "chỉ tính người được triệu tập",
  });
  check.atMost("votesFor", "present", { en: "only people who were present vote", vi: "chỉ người có mặt mới biểu quyết" });
}

function checkForm(check: Check, { attempt, method, ballotBecause, form, dispersed, workers }: Conference, staff: boolean) {
  if (attempt !== 1 && attempt !== 2)
    check.refuse("OUT_OF_RANGE", "attempt", {
      en: `attempt is ${attempt}; expected 1 or 2: after a second failed call a ballot replaces the meeting (Law 10/2022 Art. 50(2)).`,
      vi: `Lần triệu tập (attempt) là ${attempt}; cần là 1 hoặc 2: sau hai lần triệu tập không thành thì lấy ý kiến bằng phiếu thay hội nghị (khoản 2 Điều 50 Luật 10/2022).`,
    });
  if (method === "BALLOT" && !ballotBecause)
    check.refuse("REQUIRED", "ballotBecause", {
      en: "A ballot replaces the meeting only after a failed second attempt or in force majeure: say which (Law 10/2022 Art. 50(2)).",
      vi: "Chỉ lấy ý kiến bằng phiếu thay hội nghị sau hai lần triệu tập không thành hoặc khi bất khả kháng: ghi rõ lý do (ballotBecause) (khoản 2 Điều 50 Luật 10/2022).",
    });
  if (method !== "BALLOT" && ballotBecause)
    check.refuse("RULE", "ballotBecause", {
      en: "There is a reason for a ballot, but the method is a meeting.",
      vi: "Có lý do lấy ý kiến bằng phiếu (ballotBecause), nhưng cách tổ chức là họp.",
    });
  if (staff && form === "DELEGATES" && !dispersed && workers !== null && workers < MAY_CONVENE_DELEGATES)
    check.refuse("RULE", "form", {
      en: `With ${workers} workers a plenary is held; delegates are for ${MAY_CONVENE_DELEGATES} or more, or a dispersed school (Law 10/2022 Art. 51(2)(a,b)).`,
      vi: `Đơn vị có ${workers} người tổ chức hội nghị toàn thể; hội nghị đại biểu dành cho đơn vị có từ ${MAY_CONVENE_DELEGATES} người trở lên hoặc phân tán, đặc thù (điểm a, b khoản 2 Điều 51 Luật 10/2022).`,
    });
}

function checkCommittee(check: Check, content: Conference, { provenance }: RuleContext, staff: boolean) {
  const { inspectionCommitteeElected: elected, inspectionCommitteeSize: given, dispersed } = content;
  if (elected && given === null && provenance !== "DOCUMENT")
    check.refuse("REQUIRED", "inspectionCommitteeSize", {
      en: "Say how many members the people's inspection committee has.",
      vi: "Ghi số thành viên ban thanh tra nhân dân (inspectionCommitteeSize).",
    });
  if (!elected && given)
    check.refuse("RULE", "inspectionCommitteeSize", {
      en: "A size is given, but inspectionCommitteeElected is not true.",
      vi: "Có số thành viên ban thanh tra nhân dân, nhưng chưa ghi là đã bầu ban (inspectionCommitteeElected).",
    });
  const size = elected ? given : null;
  if (size !== null && (size < 3 || (size > 9 && !dispersed)))
    check.refuse("RULE", "inspectionCommitteeSize", {
      en: `A people's inspection committee has 3 to 9 members, more only in a dispersed or special unit; got ${size} (Law 10/2022 Art. 60(1)).`,
      vi: `Ban thanh tra nhân dân có 3 đến 9 thành viên, chỉ nhiều hơn ở đơn vị phân tán, đặc thù; đã ghi ${vietnameseNumber(size)} (khoản 1 Điều 60 Luật 10/2022).`,
    });
  if (elected && !staff)
    check.refuse("RULE", "inspectionCommitteeElected", {
      en: "Only public schools elect a people's inspection committee (Law 10/2022 Art. 60(1)).",
      vi: "Chỉ trường công lập bầu ban thanh tra nhân dân (khoản 1 Điều 60 Luật 10/2022).",
    });
}
