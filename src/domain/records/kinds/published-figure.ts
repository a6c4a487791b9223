import { vietnameseNumber } from "../../ground/words.js";
import { choice, count, day, number, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { refusals } from "../refusals.js";

const fields = {
  indicator: required(
    text({ en: "indicator", vi: "chỉ tiêu" }, "Key of the indicator; one that the hub does not compute may be named, too.", 100),
  ),
  period: required(text({ en: "period", vi: "kỳ số liệu" }, 'The period as printed, e.g. "2024-2025" or "2018-2023" (kỳ số liệu).', 60)),
  scope: choice(
    { en: "scope", vi: "phạm vi" },
    "FigureScope",
    {
      SCHOOLS: "Schools and their unions: what the hub counts.",
      PUBLIC_BODIES: "Administrative and public units of all sectors.",
      ENTERPRISES: "Enterprises.",
      ALL_EMPLOYERS: "Agencies, units and enterprises together.",
    },
    "Whom the figure counts. SCHOOLS unless given.",
  ),
  value: number({ en: "value", vi: "giá trị" }, "The figure as printed; a rate as a fraction (0.733 for 73.3%)."),
  decimals: count(
    { en: "decimals", vi: "số chữ số thập phân" },
    "Decimals of the printed figure; of a rate those of its percentage: 1 for 73.3%, 2 for 88.12%, 0 for 100%.",
  ),
  numerator: number({ en: "numerator", vi: "tử số" }, "Numerator, where printed."),
  denominator: number({ en: "denominator", vi: "mẫu số" }, "Denominator, where printed."),
  words: text({ en: "words", vi: "số liệu bằng chữ" }, 'What was printed where there is no number, e.g. "hundreds" (số liệu bằng chữ).'),
  document: required(text({ en: "document", vi: "nguồn" }, "The document, article or report that printed it (nguồn).", 300)),
  documentDate: day({ en: "day of the document", vi: "ngày văn bản" }, "The day of the document."),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing (ghi chú)."),
} as const;

/** Nobody prints more than 1,000%: somebody wrote 97 for 97%. */
const LARGEST_RATE = 10;
/** No figure is larger. */
const LARGEST = 1e15;
/** No document prints a percentage with more decimals. */
const MOST_DECIMALS = 9;

/** Published figure: see the description, which the API prints. */
export const publishedFigure = recordKind({
  key: "publishedFigure",
  typeName: "PublishedFigure",
  name: { en: "published figure", vi: "số liệu công bố" },
  mutations: { record: "recordPublishedFigure", withdraw: "withdrawPublishedFigure" },
  description:
    "Published figure (số liệu công bố): a number that a federation printed somewhere, kept beside what the hub computes. It changes no rollup; `unit.reconciliation` compares the two, `unit.disagreements` lists what differs in a branch.",
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT", "GRASSROOTS", "SCHOOL"],
  deed: "STEWARD",
  schoolYear: "SOMETIMES",
  touches: "PUBLISHED",
  fields,
  keyOf: (content) => [content.indicator, content.period, content.scope, content.document].join(" | "),
  keyIsWritten: true,
  most: () => 2_000,
  complete: (content) => ({ ...content, scope: content.scope ?? "SCHOOLS" }),
  rules: refusals(fields, (check, content, { indicators }) => {
    const { value, numerator, denominator, decimals, words } = content;
    if (value === null && numerator === null && words === null)
      check.refuse("REQUIRED", "value", {
        en: "Give value, numerator and denominator, or words.",
        vi: "Ghi giá trị (value), tử số và mẫu số (numerator, denominator), hoặc số liệu bằng chữ (words).",
      });
    if (denominator !== null && numerator === null)
      check.refuse("REQUIRED", "numerator", {
        en: "A denominator without a numerator says nothing.",
        vi: "Có mẫu số mà không có tử số thì không cho biết gì.",
      });
    if (decimals !== null && decimals > MOST_DECIMALS)
      check.refuse("OUT_OF_RANGE", "decimals", {
        en: `${decimals} decimals are too many; expected 0 to ${MOST_DECIMALS}.`,
        vi: `${decimals} chữ số thập phân là quá nhiều; cần từ 0 đến ${MOST_DECIMALS}.`,
      });
    for (const [name, given] of Object.entries({ value, numerator, denominator }))
      if (given !== null && Math.abs(given) > LARGEST)
        check.refuse("OUT_OF_RANGE", name as "value", {
          en: `${given} is too large.`,
          vi: `${vietnameseNumber(given)} quá lớn.`,
        });
    if (denominator !== null && denominator <= 0)
      check.refuse("OUT_OF_RANGE", "denominator", {
        en: `${denominator} is not above zero; nothing can be divided by it.`,
        vi: `Mẫu số ${vietnameseNumber(denominator)} không lớn hơn 0 nên không chia được.`,
      });
    if (
      decimals !== null &&
      value !== null &&
      indicators.rates.includes(content.indicator) &&
      Math.abs(value) > LARGEST_RATE &&
      Math.abs(value) <= LARGEST
    )
      check.refuse("OUT_OF_RANGE", "value", {
        en: `${value} is ${value * 100}%; ${content.indicator} is a rate, given as a fraction, e.g. 0.97 for 97%. Of a count leave decimals out.`,
        vi: `${vietnameseNumber(value)} là ${vietnameseNumber(value * 100)}%; ${content.indicator} là tỷ lệ, ghi dạng phân số thập phân, ví dụ 0.97 cho 97%. Nếu là số đếm thì bỏ số chữ số thập phân (decimals).`,
      });
  }),
});
