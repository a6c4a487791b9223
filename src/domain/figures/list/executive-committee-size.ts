import { congressHeld, EXECUTIVES_BY_SIZE, executives } from "../../records/kinds/congress.js";
import { type Indicator } from "../indicator.js";

export const executiveCommitteeSize: Indicator = {
  key: "executiveCommitteeSize",
  name: { en: "Size of executive committees", vi: "Số ủy viên bình quân của ban chấp hành công đoàn cơ sở" },
  definition: {
    en: "Members of the executive committees of grassroots unions for each committee, as the congress of the running term elected them, and how many committees there are by size.",
    vi: "Số ủy viên bình quân một ban chấp hành công đoàn cơ sở do đại hội của nhiệm kỳ đang diễn ra bầu, kèm số ban chấp hành theo quy mô.",
  },
  numerator: { plus: [executives.executiveMembersInTerm], words: { en: "members of executive committees", vi: "ủy viên ban chấp hành" } },
  denominator: {
    plus: EXECUTIVES_BY_SIZE.map(([, measure]) => measure),
    words: { en: "executive committees whose size is known", vi: "ban chấp hành đã rõ số ủy viên" },
  },
  eligibility: {
    en: "Grassroots and occupational unions whose congress is recorded for the running term.",
    vi: "Công đoàn cơ sở, nghiệp đoàn đã có số liệu đại hội của nhiệm kỳ đang diễn ra.",
  },
  unit: "MEAN",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Guidance of the federations for the congresses of 2025 (limits of size by members).",
  obligation: congressHeld,
  buckets: [
    { key: "UP_TO_3", words: { en: "up to 3 members", vi: "đến 3 ủy viên" }, plus: [executives.executivesUpToThree] },
    { key: "UP_TO_5", words: { en: "4 or 5 members", vi: "4 hoặc 5 ủy viên" }, plus: [executives.executivesUpToFive] },
    { key: "UP_TO_9", words: { en: "6 to 9 members", vi: "từ 6 đến 9 ủy viên" }, plus: [executives.executivesUpToNine] },
    { key: "UP_TO_15", words: { en: "10 to 15 members", vi: "từ 10 đến 15 ủy viên" }, plus: [executives.executivesUpToFifteen] },
    { key: "MORE", words: { en: "more than 15 members", vi: "trên 15 ủy viên" }, plus: [executives.executivesOfMore] },
  ],
};
