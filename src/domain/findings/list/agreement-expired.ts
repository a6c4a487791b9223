import { addDays, NEVER, vietnameseDay } from "../../ground/day.js";
import { placementOn, profileOn } from "../../tree/history.js";
import { daysOf, endOf, runsUntil } from "../../records/kinds/collective-agreement-stages.js";
import { isNonPublic } from "../../tree/unit.js";
import { agreementsOf, type Running } from "./agreement-overlaps.js";
import { fileCheck, schoolYearAt } from "../check.js";

export const agreementExpired = fileCheck({
  key: "AGREEMENT_EXPIRED",
  severity: "WARNING",
  name: { en: "Agreement expired and not renewed", vi: "Thỏa ước hết hạn chưa ký lại" },
  rule: {
    en: "A collective agreement that ends, or that the school leaves, is followed by another; while its renewal is bargained it runs on for 90 days, or as the parties agreed.",
    vi: "Thỏa ước hết hạn, hoặc trường rút khỏi, phải được ký lại; trong khi thương lượng được kéo dài, thỏa ước cũ chỉ tiếp tục không quá 90 ngày, trừ trường hợp các bên có thỏa thuận khác.",
  },
  mending: {
    en: "Record the agreement that followed; where there is none, acknowledge it and say how far the bargaining is.",
    vi: "Ghi nhận thỏa ước ký lại; nếu chưa có thì xác nhận và nêu tiến độ thương lượng.",
  },
  source: "Labour Code 45/2019/QH14 Art. 83, 85.",
  look(file) {
    const last = agreementsOf(file).reduce<Running | null>((latest, each) => (latest && latest.until > each.until ? latest : each), null);
    if (!last) return [];
    const agreement = last.record.content;
    const { reference } = agreement;
    const { history, schoolYears } = file;
    const isCutShort = last.until !== endOf(agreement);
    const runs = isCutShort ? last.until : runsUntil(agreement, last.until);
    const left = daysOf(agreement, history.unit.id).until;
    const hasLeft = left !== null && left <= runs;
    const since = addDays(hasLeft ? left : runs, 1);
    const schoolYear = schoolYearAt(schoolYears, since);
    const isOpen = placementOn(history, since) !== null && history.placements.at(-1)?.until === NEVER;
    if (!isOpen || !isNonPublic(profileOn(history, since).ownership) || schoolYear === null) return [];
    return [
      {
        schoolYear,
        record: last.record,
        field: hasLeft ? "participations" : "expiresOn",
        since,
        values: { reference, until: addDays(since, -1) },
      },
    ];
  },
  message: ({ reference, until }) => ({
    en: `${reference} covered the school until ${until}, and no other agreement follows.`,
    vi: `${reference} áp dụng cho trường đến hết ngày ${vietnameseDay(until)}, chưa có thỏa ước kế tiếp.`,
  }),
});
