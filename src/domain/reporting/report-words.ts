import { vietnameseDay } from "../ground/day.js";
import { PERIOD_WORDS } from "./reporting-period.js";
import { capital, type Words } from "../ground/words.js";
import type { Closing, Standing } from "./standing.js";

type Named = Pick<Standing, "schoolYear" | "period">;
const en = ({ period, schoolYear }: Named) => `${PERIOD_WORDS[period].en} ${schoolYear}`;
const vi = ({ period, schoolYear }: Named) => `${PERIOD_WORDS[period].vi} ${schoolYear}`;

/** Who is asked, where it is the unit of which the sentence speaks. */
const itself: Words = { en: "it", vi: "đơn vị này" };

/** Who is asked: people of a unit. */
export const somebodyOf = (name: string): Words => ({ en: `somebody of ${name}`, vi: `cán bộ của ${name}` });

/** Who is asked where no unit can do it. */
export const anAdministrator: Words = { en: "an administrator", vi: "quản trị viên" };

/** The caller's role does not write. */
export const readsOnly: Words = {
  en: "This token only reads; ask for one of a recorder.",
  vi: "Mã truy cập này chỉ được xem; cần mã truy cập của người ghi số liệu.",
};

/** The unit has nobody to report to. */
export const nobodyAbove: Words = {
  en: "Nobody stands above this unit to whom it could report; it closes the period instead (closePeriod).",
  vi: "Không có đơn vị cấp trên để nộp báo cáo; đơn vị này khóa sổ kỳ báo cáo (closePeriod).",
};

/** Only somebody above decides. */
export const forTheUnionAbove: Words = {
  en: "Only a unit above decides on this report; the unit itself submits it.",
  vi: "Chỉ đơn vị cấp trên được duyệt, trả lại hoặc mở lại báo cáo; đơn vị lập báo cáo chỉ nộp.",
};

/** The unit does not count in the year. */
export const notCounted = (of: Named): Words => ({
  en: `The unit was not open on the reference date of ${of.schoolYear}: it does not count in that year and owes no report.`,
  vi: `Đơn vị không hoạt động vào ngày chốt số liệu năm học ${of.schoolYear} nên không phải báo cáo.`,
});

/** The period lies ahead. */
export const notBegun = (of: Named & Pick<Standing, "from">): Words => ({
  en: `${capital(en(of))} begins on ${of.from}; submit the report after that.`,
  vi: `Kỳ báo cáo ${vi(of)} bắt đầu ngày ${vietnameseDay(of.from)}; chưa thể nộp báo cáo.`,
});

/** The period has not ended. */
export const tooEarly = (of: Named & Pick<Standing, "cutOff">, first: string): Words => ({
  en: `${capital(en(of))} ends on ${of.cutOff}, and what is to come is not known: submit the report from ${first} on. A directive may allow it earlier, as an estimate (daysEarly).`,
  vi: `Kỳ báo cáo ${vi(of)} chốt ngày ${vietnameseDay(of.cutOff)}, chưa có số liệu đến ngày chốt: nộp báo cáo từ ngày ${vietnameseDay(first)}. Cấp trên có thể cho phép nộp sớm số liệu ước (daysEarly).`,
});

/** A directive asks for two people. */
export const ownReport: Words = {
  en: "This token submitted the report, and a directive asks that somebody else accepts it.",
  vi: "Mã truy cập này đã nộp báo cáo; theo văn bản chỉ đạo, người duyệt phải khác người nộp.",
};

/** Accepted: who, when, and whom to ask. */
export const accepted = (of: Named & Pick<Standing, "acceptedBy" | "acceptedOn">, whom = itself): Words => ({
  en: `Accepted by ${of.acceptedBy} on ${of.acceptedOn}; ask ${whom.en} to reopen the report of ${en(of)}.`,
  vi: `${of.acceptedBy} đã duyệt ngày ${vietnameseDay(of.acceptedOn!)}; đề nghị ${whom.vi} mở lại báo cáo ${vi(of)}.`,
});

/** Accepted and to be returned: that is another action. */
export const acceptedAlready = (of: Named & Pick<Standing, "acceptedBy" | "acceptedOn">): Words => ({
  en: `Accepted by ${of.acceptedBy} on ${of.acceptedOn}: an accepted report is not returned but reopened (reopenReport).`,
  vi: `${of.acceptedBy} đã duyệt ngày ${vietnameseDay(of.acceptedOn!)}: báo cáo đã duyệt thì mở lại (reopenReport), không trả lại.`,
});

/** Closed: by whom, when, and whom to ask. A unit with nobody above it has no report that could be opened again. */
export const closed = (
  { schoolYear, hasSuperior }: Named & Pick<Standing, "hasSuperior">,
  { period, by, on }: Closing,
  whom = itself,
): Words => ({
  en: `${by} closed ${en({ period, schoolYear })} on ${on}; ask ${whom.en} to ${hasSuperior ? "reopen the report of this unit" : "open the period again"}.`,
  vi: `${by} đã khóa sổ kỳ báo cáo ${vi({ period, schoolYear })} ngày ${vietnameseDay(on)}; đề nghị ${whom.vi} mở lại ${hasSuperior ? "báo cáo cho đơn vị cần sửa" : "kỳ báo cáo"}.`,
});

/** Submitted and waiting. */
export const submittedAlready = (of: Pick<Standing, "submittedOn">): Words => ({
  en: `Submitted on ${of.submittedOn}; it waits for the unit above to accept or return it.`,
  vi: `Đã nộp ngày ${vietnameseDay(of.submittedOn!)}; đang chờ đơn vị cấp trên duyệt hoặc trả lại.`,
});

/** Returned and not sent again. */
export const returnedAlready: Words = {
  en: "It has been returned; the unit corrects it and submits it again.",
  vi: "Báo cáo đã bị trả lại; đơn vị sửa và nộp lại.",
};

/** Not submitted, so there is nothing to decide on. */
export const notSubmitted = (of: Named): Words => ({
  en: `The report of ${en(of)} has not been submitted; there is nothing to decide on yet.`,
  vi: `Báo cáo ${vi(of)} chưa được nộp nên chưa thể duyệt hoặc trả lại.`,
});

/** Submitted and to be reopened: that is another action. */
export const stillOpen: Words = {
  en: "It waits for a decision: it is not reopened but returned (returnReport).",
  vi: "Báo cáo đang chờ duyệt: cần trả lại (returnReport), không mở lại.",
};

/** Nothing to reopen. */
export const openAlready: Words = {
  en: "It is open: records may be changed and the report may be submitted.",
  vi: "Báo cáo đang mở: có thể sửa số liệu và nộp báo cáo.",
};

/** A return or reopening without a reason. */
export const sayWhy: Words = {
  en: "Say why in 1 to 500 characters: whoever has to correct it reads it.",
  vi: "Ghi lý do (reason) từ 1 đến 500 ký tự: người phải sửa sẽ đọc.",
};

/** A report that two rows of one request deal with. */
export const reportedTwice: Words = {
  en: "The same report stands twice in this request; keep one of the rows.",
  vi: "Một báo cáo được gửi hai lần trong cùng một yêu cầu; hãy giữ một dòng.",
};
