import { addDays, NEVER, vietnameseDay } from "../day.js";
import { placementOn, profileOn } from "../history.js";
import { endOf, runsUntil } from "../records/collective-agreement-stages.js";
import { isNonPublic } from "../unit.js";
import { agreementsOf, type Running } from "./agreement-overlaps.js";
import { fileCheck, schoolYearAt } from "./check.js";

export const agreementExpired = fileCheck({
  key: "AGREEMENT_EXPIRED",
  severity: "WARNING",
  name: { en: "Agreement expired and not renewed", vi: "Thỏa ước hết hạn chưa ký lại" },
  rule: {
    en: "A collective agreement that ends is followed by another; while its renewal is bargained it runs on for 90 days, or as the parties agreed.",
    vi: "Thỏa ước hết hạn phải được ký lại; trong khi thương lượng được kéo dài, thỏa ước cũ chỉ tiếp tục không quá 90 ngày, trừ trường hợp các bên có thỏa thuận khác.",
  },
  mending: {
    en: "Record the agreement that followed; where there is none, acknowledge it and say how far the bargaining is.",
    vi: "Ghi nhận thỏa ước ký lại; nếu chưa có thì xác nhận và nêu tiến độ thương lượng.",
  },
  source: "Labour Code 45/2019/QH14 Art. 83.",
  look(file) {
    const last = agreementsOf(file).reduce<Running | null>((latest, each) => (latest && latest.until > each.until ? latest : each), null);
    if (!last) return [];
    const agreement = last.record.content;
    const { reference } = agreement;
    const isVoid = last.until !== endOf(agreement);
    const since = addDays(isVoid ? last.until : runsUntil(agreement, last.until), 1);
    const { history, schoolYears } = file;
    const schoolYear = schoolYearAt(schoolYears, since);
    const isOpen = placementOn(history, since) !== null && history.placements.at(-1)?.until === NEVER;
    if (!isOpen || !isNonPublic(profileOn(history, since).ownership) || schoolYear === null) return [];
    return [{ schoolYear, record: last.record, field: "expiresOn", since, values: { reference, until: addDays(since, -1) } }];
  },
  message: ({ reference, until }) => ({
    en: `${reference} ran until ${until}, and no other agreement follows.`,
    vi: `${reference} có hiệu lực đến ${vietnameseDay(until)}, chưa có thỏa ước kế tiếp.`,
  }),
});
